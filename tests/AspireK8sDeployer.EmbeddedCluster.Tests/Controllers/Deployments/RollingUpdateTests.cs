using AspireK8sDeployer.EmbeddedCluster.Controllers.Deployments;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Controllers.Deployments;

public class RollingUpdateTests
{
    private static readonly DateTime Born = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(1, "25%", "25%", 1, 0)]
    [InlineData(2, "25%", "25%", 1, 0)]
    [InlineData(3, "25%", "25%", 1, 0)]
    [InlineData(4, "25%", "25%", 1, 1)]
    [InlineData(5, "25%", "25%", 2, 1)]
    [InlineData(10, "25%", "25%", 3, 2)]
    [InlineData(10, "30%", "40%", 3, 4)]
    [InlineData(7, "100%", "100%", 7, 7)]
    [InlineData(3, "150%", "0", 5, 0)]
    [InlineData(1, "0", "1%", 0, 1)]
    [InlineData(2, "0", "1%", 0, 1)]
    [InlineData(3, "0", "0%", 0, 1)]
    [InlineData(1, "1%", "25%", 1, 0)]
    [InlineData(2, "1", "5", 1, 2)]
    [InlineData(0, "25%", "25%", 0, 0)]
    [InlineData(0, "3", "2", 3, 0)]
    public void Limits_RoundSurgeUpAndUnavailableDown(int replicas, string surge, string unavailable, int maxSurge, int maxUnavailable)
    {
        var deployment = Deployment(replicas, surge, unavailable);

        Assert.Equal((maxSurge, maxUnavailable), (RollingUpdate.MaxSurge(deployment), RollingUpdate.MaxUnavailable(deployment)));
    }

    [Theory]
    [InlineData(3, "25%", 3, 0, 1)]
    [InlineData(3, "25%", 3, 1, 1)]
    [InlineData(3, "25%", 2, 1, 2)]
    [InlineData(3, "25%", 0, 3, 3)]
    [InlineData(3, "0", 3, 0, 0)]
    [InlineData(10, "3", 8, 3, 5)]
    [InlineData(10, "100%", 10, 0, 10)]
    [InlineData(10, "3", 13, 0, 0)]
    public void NewReplicas_FillTheRoomThatTheSurgeLeaves(int replicas, string surge, int old, int current, int expected) => Assert.Equal(
        expected, RollingUpdate.NewReplicas(Deployment(replicas, surge), [Set("old", old), Set("new", current)], current));

    [Theory]
    [InlineData("nothing goes before a new pod is available", 10, "3", "2", "10/10", "3/0", "8")]
    [InlineData("what the limit allows goes at once", 10, "0", "2", "10/10", "0/0", "8")]
    [InlineData("every new pod that is available replaces one", 10, "3", "2", "8/8", "5/3", "5")]
    [InlineData("pods that do not work go first, even without a spare one", 10, "3", "2", "10/6", "3/0", "8")]
    [InlineData("as many as may go, and not more", 10, "3", "0", "10/10", "3/3", "7")]
    [InlineData("surge alone waits for a new pod", 3, "1", "0", "3/3", "1/0", "3")]
    [InlineData("surge alone goes one by one", 3, "1", "0", "3/3", "1/1", "2")]
    [InlineData("the last of the oldest goes before the next", 4, "1", "1", "1/1 3/3", "1/1", "0 2")]
    [InlineData("of several, the oldest first", 6, "2", "1", "2/0 4/4", "2/0", "1 4")]
    [InlineData("one that is told to go does not count, though its pods still answer", 3, "1", "0", "0/1 3/3", "1/0", "0 3")]
    [InlineData("a status that is behind is waited for", 4, "1", "1", "2/4 1/0", "2/0", "2 1")]
    public void Shrink_LeavesEnoughAvailable(string because, int replicas, string surge, string unavailable, string old, string created, string expected)
    {
        var sets = old.Split(' ').Select((text, age) => Set($"old{age}", text, Born.AddSeconds(age))).ToArray();

        var sizes = RollingUpdate.Shrink(Deployment(replicas, surge, unavailable), Set("new", created, Born.AddHours(1)), sets.Reverse());

        var result = sets.Select(set => sizes.Where(entry => entry.Set == set).Select(entry => entry.Size).DefaultIfEmpty(RollingUpdate.Replicas(set)).Single());
        Assert.True(expected == string.Join(' ', result), $"{because}: {string.Join(' ', result)}");
    }

    [Theory]
    [InlineData("up, by share", 12, "8 of 10", "2 of 10", "12 3")]
    [InlineData("what rounding leaves goes to the biggest", 30, "5 of 13", "8 of 13", "15 23")]
    [InlineData("up, sizes equal: the newer first", 12, "5 of 10", "5 of 10", "7 8")]
    [InlineData("down, by share", 5, "8 of 13", "5 of 13", "4 3")]
    [InlineData("down, sizes equal: the older first", 5, "5 of 10", "5 of 10", "3 4")]
    [InlineData("to none", 0, "8 of 13", "5 of 13", "0 0")]
    [InlineData("no note: of what is there", 12, "8 of -", "2 of -", "12 3")]
    [InlineData("nonsense noted: of what is there", 12, "8 of 0", "2 of many", "12 3")]
    public void ScalingDuringARollout_KeepsTheShares(string how, int replicas, string old, string created, string expected)
    {
        var deployment = Deployment(replicas);
        deployment.Status = new V1DeploymentStatus { Replicas = 10 };

        var sizes = RollingUpdate.Proportional(deployment, [Noted("old", old, Born), Noted("new", created, Born.AddSeconds(1))]);

        Assert.True(expected == $"{sizes["old"]} {sizes["new"]}", $"{how}: {sizes["old"]} {sizes["new"]}");
    }

    [Fact]
    public void SharesOfSetsOfTheSameSecond_AreGivenByName()
    {
        var up = RollingUpdate.Proportional(Deployment(12), [Noted("a", "5 of 10", Born), Noted("b", "5 of 10", Born)]);
        var down = RollingUpdate.Proportional(Deployment(5), [Noted("a", "5 of 10", Born), Noted("b", "5 of 10", Born)]);

        Assert.Equal(new Dictionary<string, int> { ["a"] = 7, ["b"] = 8 }, up);
        Assert.Equal(new Dictionary<string, int> { ["a"] = 3, ["b"] = 4 }, down);
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

    private static V1ReplicaSet Set(string name, int replicas) => Set(name, $"{replicas}/0", Born);

    /// <param name="name">Its name.</param>
    /// <param name="size">How many pods it is to have, and how many are available: <c>3/2</c>.</param>
    /// <param name="born">Its age.</param>
    private static V1ReplicaSet Set(string name, string size, DateTime born) => new()
    {
        Metadata = new V1ObjectMeta { Name = name, CreationTimestamp = born },
        Spec = new V1ReplicaSetSpec { Replicas = Number(size, '/', 0) },
        Status = new V1ReplicaSetStatus { AvailableReplicas = Number(size, '/', 1) },
    };

    /// <param name="name">Its name.</param>
    /// <param name="size">How many pods it has, and of how many that is noted to be a share: <c>3 of 10</c>.</param>
    /// <param name="born">Its age.</param>
    private static V1ReplicaSet Noted(string name, string size, DateTime born)
    {
        var set = Set(name, $"{size.Split(' ')[0]}/0", born);
        if (size.Split(' ')[2] is not "-" and var noted)
        {
            set.Metadata.Annotations = new Dictionary<string, string> { ["deployment.kubernetes.io/max-replicas"] = noted };
        }

        return set;
    }

    private static int Number(string text, char separator, int index) => int.Parse(text.Split(separator)[index], System.Globalization.CultureInfo.InvariantCulture);
}
