using AspireK8sDeployer.EmbeddedCluster.Controllers;
using AspireK8sDeployer.EmbeddedCluster.Controllers.Endpoints;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Controllers.Endpoints;

public class ChangeTriggerTests
{
    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly ChangeTrigger _trigger = new();

    [Fact]
    public void ANewService_IsItsOwnTrigger() => Assert.Equal(Start, _trigger.Since(Service(), [Pod("a", 5)]));

    [Fact]
    public void TheFirstOfSeveralChanges_IsTheTrigger()
    {
        _trigger.Since(Service(), [Pod("a", 5)]);

        Assert.Equal(Start.AddSeconds(7), _trigger.Since(Service(), [Pod("a", 5), Pod("b", 9), Pod("c", 7)]));
    }

    [Fact]
    public void APodThatGoes_IsNoTrigger()
    {
        _trigger.Since(Service(), [Pod("a", 5), Pod("b", 6)]);

        Assert.Null(_trigger.Since(Service(), [Pod("a", 5)]));
    }

    [Fact]
    public void AForgottenService_BeginsAnew()
    {
        _trigger.Since(Service(), []);
        _trigger.Forget(ObjectKey.Of(Service()));

        Assert.Equal(Start, _trigger.Since(Service(), []));
    }

    private static V1Service Service() => new() { Metadata = new V1ObjectMeta { Name = "web", NamespaceProperty = "team-a", CreationTimestamp = Start } };

    private static V1Pod Pod(string name, int since) => new()
    {
        Metadata = new V1ObjectMeta { Name = name },
        Status = new V1PodStatus { Conditions = [new V1PodCondition { Type = "Ready", Status = "True", LastTransitionTime = Start.AddSeconds(since) }] },
    };
}
