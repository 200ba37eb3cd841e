using AspireK8sDeployer.Engine.Wait;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Tests.Wait;

/// <summary>A sidecar that crashes leaves its pod ready whenever it runs: as a real cluster shows it.</summary>
public class SidecarTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly RolloutJudge _judge = new(FailFast.Proof);

    [Fact]
    public void ASidecarWithoutAProbe_IsLookedAtForAWhile()
    {
        Assert.Equal(
            "1 of 1 replicas available; looks whether it stays so, as container agent has no readiness probe",
            _judge.Judge(Objects(restarts: 0, isRunning: true), Now).Readiness.Reason);
        Assert.False(_judge.Judge(Objects(restarts: 0, isRunning: true), Now.AddSeconds(9)).IsReady);
        Assert.True(_judge.Judge(Objects(restarts: 0, isRunning: true), Now.AddSeconds(10)).IsReady);
    }

    [Fact]
    public void ASidecarThatRestarts_IsNeverReady_AndIsNamedWithTheFourthEnd()
    {
        var at = Now;
        for (var restarts = 0; restarts < 3; restarts++)
        {
            // Up for 8 s each time, and down for as long.
            Assert.False(_judge.Judge(Objects(restarts, isRunning: true), at).IsReady);
            Assert.Null(_judge.Judge(Objects(restarts, isRunning: true), at.AddSeconds(8)).Failure);
            Assert.Null(_judge.Judge(Objects(restarts, isRunning: false), at.AddSeconds(9)).Failure);
            at = at.AddSeconds(16);
        }

        var last = _judge.Judge(Objects(3, isRunning: false), at);

        Assert.Equal(
            ("CRASH_LOOP", "container agent ends with exit code 2 (3 restarts)", "0 of 1 replicas available"),
            (last.Failure?.Code, last.Failure?.Problem, last.Readiness.Reason));
    }

    [Fact]
    public void ASidecarThatEndsWell_IsAsWrong() =>
        Assert.Equal("CRASH_EXIT0", Assert.Single(_judge.Judge(Objects(3, isRunning: false, exitCode: 0), Now).Causes).Code);

    [Fact]
    public void ASidecarWhoseProbeFails_IsNoInitContainerThatHasNotFinished()
    {
        var objects = Objects(0, isRunning: true) with { Events = [Unhealthy("spec.initContainers{agent}")] };
        objects.Pods[0].Spec.InitContainers[0].ReadinessProbe = new V1Probe();
        objects.Pods[0].Status.Phase = "Pending";
        objects.Pods[0].Status.Conditions[0].Status = "False";
        objects.Pods[0].Status.InitContainerStatuses[0].Ready = false;

        var cause = Assert.Single(_judge.Judge(objects, Now).Causes);

        Assert.Equal(("READINESS_FAILING", "container agent runs and is not ready: Readiness probe failed: HTTP probe failed with statuscode: 503"), (cause.Code, cause.Problem));
    }

    private static Corev1Event Unhealthy(string path) => new()
    {
        Reason = "Unhealthy",
        Message = "Readiness probe failed: HTTP probe failed with statuscode: 503",
        InvolvedObject = new V1ObjectReference { Uid = "pod", FieldPath = path },
    };

    private static RolloutObjects Objects(int restarts, bool isRunning, int exitCode = 2)
    {
        var spec = new V1PodSpec
        {
            InitContainers = [new V1Container { Name = "agent", RestartPolicy = "Always" }],
            Containers = [new V1Container { Name = "app", ReadinessProbe = new V1Probe() }],
        };
        var end = new V1ContainerStateTerminated { ExitCode = exitCode, Reason = exitCode == 0 ? "Completed" : "Error" };
        var agent = new V1ContainerStatus
        {
            Name = "agent",
            Ready = isRunning,
            Started = isRunning,
            RestartCount = restarts,
            State = isRunning ? new V1ContainerState { Running = new() } : new V1ContainerState { Terminated = end },
            LastState = restarts > 0 ? new V1ContainerState { Terminated = end } : null,
        };
        return new RolloutObjects
        {
            Deployment = new V1Deployment
            {
                Metadata = Meta("greeter", "deployment"),
                Spec = new V1DeploymentSpec { Replicas = 1, Template = new V1PodTemplateSpec { Spec = spec } },
                // As the counts were when it was last ready: they come later than the pod.
                Status = new V1DeploymentStatus { Replicas = 1, UpdatedReplicas = 1, ReadyReplicas = 1, AvailableReplicas = 1 },
            },
            ReplicaSets = [new V1ReplicaSet { Metadata = Meta("greeter-s", "set", "deployment") }],
            Pods =
            [
                new V1Pod
                {
                    Metadata = Meta("greeter-1", "pod", "set"),
                    Spec = spec,
                    Status = new V1PodStatus
                    {
                        Phase = "Running",
                        Conditions = [new V1PodCondition { Type = "Ready", Status = isRunning ? "True" : "False" }],
                        InitContainerStatuses = [agent],
                        ContainerStatuses = [new V1ContainerStatus { Name = "app", Ready = true, Started = true, State = new V1ContainerState { Running = new() } }],
                    },
                },
            ],
        };
    }

    private static V1ObjectMeta Meta(string name, string uid, string? owner = null) => new()
    {
        Name = name,
        Uid = uid,
        OwnerReferences = owner is null ? null : [new V1OwnerReference { Uid = owner }],
    };
}
