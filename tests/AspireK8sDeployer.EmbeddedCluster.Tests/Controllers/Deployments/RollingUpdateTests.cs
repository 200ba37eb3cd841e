using AspireK8sDeployer.EmbeddedCluster.Controllers.Deployments;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Controllers.Deployments;

public class RollingUpdateTests
{
    [Theory]
    [InlineData(1, "25%", "25%", 1, 0)]
    [InlineData(4, "25%", "25%", 1, 1)]
    [InlineData(10, "25%", "25%", 3, 2)]
    [InlineData(3, "0", "0%", 0, 1)]
    [InlineData(2, "1", "5", 1, 2)]
    [InlineData(0, "25%", "25%", 0, 0)]
    public void Limits_RoundSurgeUpAndUnavailableDown(int replicas, string surge, string unavailable, int maxSurge, int maxUnavailable)
    {
        var deployment = Deployment(replicas, surge, unavailable);

        Assert.Equal((maxSurge, maxUnavailable), (RollingUpdate.MaxSurge(deployment), RollingUpdate.MaxUnavailable(deployment)));
    }

    [Theory]
    [InlineData(3, 0, 1)]
    [InlineData(3, 1, 1)]
    [InlineData(2, 1, 2)]
    [InlineData(0, 3, 3)]
    public void NewReplicas_FillTheRoomThatTheSurgeLeaves(int old, int current, int expected) => Assert.Equal(
        expected, RollingUpdate.NewReplicas(Deployment(3), [Set("old", old), Set("new", current)], current));

    [Fact]
    public void ScalingDuringARollout_KeepsTheShares()
    {
        var sizes = RollingUpdate.Proportional(Deployment(12), [Set("old", 8, max: 10), Set("new", 2, max: 10)]);

        Assert.Equal(new Dictionary<string, int> { ["old"] = 12, ["new"] = 3 }, sizes);
    }

    [Fact]
    public void Recreate_HasNoSurge()
    {
        var deployment = Deployment(3);
        deployment.Spec.Strategy = new V1DeploymentStrategy { Type = "Recreate" };

        Assert.Equal((0, 0), (RollingUpdate.MaxSurge(deployment), RollingUpdate.MaxUnavailable(deployment)));
    }

    private static V1Deployment Deployment(int replicas, string surge = "25%", string unavailable = "25%") => new()
    {
        Spec = new V1DeploymentSpec
        {
            Replicas = replicas,
            Strategy = new V1DeploymentStrategy { Type = "RollingUpdate", RollingUpdate = new V1RollingUpdateDeployment { MaxSurge = surge, MaxUnavailable = unavailable } },
        },
    };

    private static V1ReplicaSet Set(string name, int replicas, int? max = null) => new()
    {
        Metadata = new V1ObjectMeta
        {
            Name = name,
            Annotations = max is null ? null : new Dictionary<string, string> { ["deployment.kubernetes.io/max-replicas"] = $"{max}" },
        },
        Spec = new V1ReplicaSetSpec { Replicas = replicas },
    };
}
