using AspireK8sDeployer.Engine.Wait;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Tests.Wait;

public class StartupProgressTests
{
    private const string Refused = "Startup probe failed: connect: connection refused";

    private static readonly DateTime Begun = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(1, "container greeter is starting")]
    [InlineData(80, "container greeter is starting")]
    [InlineData(90, "pod greeter-1: container greeter runs and is not ready: Startup probe failed: connect: connection refused")]
    public void AStartupProbeThatFails_IsNoNews_UntilItsTimeIsNearlyOver(int seconds, string said) =>
        Assert.Equal($"0 of 1 replicas available; {said}", Judge(seconds, Refused).Summary);

    [Fact]
    public void OnceStarted_TheLastFailureOfTheStartIsNoNewsEither() =>
        Assert.Equal("0 of 1 replicas available; container greeter has started", Judge(100, Refused, started: true).Summary);

    [Theory]
    [InlineData(5, "container greeter runs, and is not ready yet")]
    [InlineData(10, "pod greeter-1: container greeter runs and is not ready: Readiness probe failed: HTTP probe failed with statuscode: 503")]
    public void AReadinessProbeThatFailsAfterTheStart_IsShown_OnceItIsNoLongerHowStartsLook(int seconds, string said) => Assert.Equal(
        $"0 of 1 replicas available; {said}", Judge(seconds, "Readiness probe failed: HTTP probe failed with statuscode: 503", started: true).Summary);

    [Fact]
    public void TheDiagnosis_AlwaysHasTheProbesWords()
    {
        var cause = Assert.Single(Judge(1, Refused).Causes);

        Assert.Equal(("READINESS_FAILING", $"container greeter runs and is not ready: {Refused}"), (cause.Code, cause.Problem));
    }

    private static RolloutVerdict Judge(int seconds, string message, bool started = false)
    {
        var pod = new V1Pod
        {
            Metadata = Meta("greeter-1", "pod", "set"),
            Spec = new V1PodSpec { Containers = [new V1Container { Name = "greeter", StartupProbe = new V1Probe { InitialDelaySeconds = 10, PeriodSeconds = 1, FailureThreshold = 100 } }] },
            Status = new V1PodStatus
            {
                Phase = "Running",
                ContainerStatuses = [new V1ContainerStatus { Name = "greeter", Ready = false, Started = started, State = new V1ContainerState { Running = new V1ContainerStateRunning { StartedAt = Begun } } }],
            },
        };
        var objects = new RolloutObjects
        {
            Deployment = new V1Deployment
            {
                Metadata = Meta("greeter", "deployment"),
                Spec = new V1DeploymentSpec { Replicas = 1, Template = new V1PodTemplateSpec { Spec = pod.Spec } },
                Status = new V1DeploymentStatus { Replicas = 1, UpdatedReplicas = 1 },
            },
            ReplicaSets = [new V1ReplicaSet { Metadata = Meta("greeter-s", "set", "deployment") }],
            Pods = [pod],
            Events = [new Corev1Event { Reason = "Unhealthy", Message = message, InvolvedObject = new V1ObjectReference { Uid = "pod" } }],
        };
        return new RolloutJudge(FailFast.Proof).Judge(objects, Begun.AddSeconds(seconds));
    }

    private static V1ObjectMeta Meta(string name, string uid, string? owner = null) => new()
    {
        Name = name,
        Uid = uid,
        OwnerReferences = owner is null ? null : [new V1OwnerReference { Uid = owner }],
    };
}
