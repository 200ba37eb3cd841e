using AspireK8sDeployer.EmbeddedCluster.Api;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Node;

public class FailingPodTests(ClusterFixture fixture)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CrashingContainer_IsRestartedAndThenBackedOff()
    {
        var space = await fixture.CreateSpaceAsync(Ct);
        var image = await space.PushAsync(TestImage.Script("echo starting; exit 3"), "crash:1", Ct);
        var pod = space.Run("crash", image);

        var backedOff = await space.WaitAsync<V1Pod>("crash", p => Status(p)?.State.Waiting?.Reason == "CrashLoopBackOff", Ct);

        var status = Status(backedOff)!;
        Assert.Equal(
            $"back-off 10s restarting failed container=app pod=crash_{space.Name}({pod.Metadata.Uid})", status.State.Waiting.Message);
        Assert.Equal((1, 3, "Error", "Running"), (status.RestartCount, status.LastState.Terminated.ExitCode, status.LastState.Terminated.Reason, backedOff.Status.Phase));
        Assert.Contains("Warning BackOff: Back-off restarting failed container app in pod " + $"crash_{space.Name}({pod.Metadata.Uid})", space.EventsOf("crash"));
    }

    [Fact]
    public async Task MissingImage_IsNamedAndBackedOff()
    {
        var space = await fixture.CreateSpaceAsync(Ct);
        var image = $"{space.Cluster.RegistryHost}/missing:1";
        var problem = $"rpc error: code = NotFound desc = failed to pull and unpack image \"{image}\": failed to resolve image: {image}: not found";
        space.Run("missing", image);

        var failed = await space.WaitAsync<V1Pod>("missing", p => Status(p)?.State.Waiting?.Reason == "ErrImagePull", Ct);
        var waiting = await space.WaitAsync<V1Pod>("missing", p => Status(p)?.State.Waiting?.Reason == "ImagePullBackOff", Ct);

        Assert.Equal(problem, Status(failed)!.State.Waiting.Message);
        Assert.Equal($"Back-off pulling image \"{image}\": ErrImagePull: {problem}", Status(waiting)!.State.Waiting.Message);
        Assert.Equal(
            [
                $"Normal BackOff: Back-off pulling image \"{image}\"",
                $"Normal Pulling: Pulling image \"{image}\"",
                "Warning Failed: Error: ErrImagePull",
                "Warning Failed: Error: ImagePullBackOff",
                $"Warning Failed: Failed to pull image \"{image}\": {problem}",
            ],
            space.EventsOf("missing").Where(e => !e.Contains("Scheduled", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task MissingSecret_HealsWhenItIsCreated()
    {
        var space = await fixture.CreateSpaceAsync(Ct);
        space.Run("needs", space.WebApp, pod => pod.Containers[0].Env =
            [new V1EnvVar { Name = "MESSAGE", ValueFrom = new V1EnvVarSource { SecretKeyRef = new V1SecretKeySelector { Name = "db", Key = "password" } } }]);
        var waiting = await space.WaitAsync<V1Pod>("needs", p => Status(p)?.State.Waiting?.Reason == "CreateContainerConfigError", Ct);

        space.Api.Create(Secret(space.Name), "test");
        var running = await space.WaitAsync<V1Pod>("needs", p => Status(p)?.State.Running is not null, Ct);

        Assert.Equal("secret \"db\" not found", Status(waiting)!.State.Waiting.Message);
        Assert.Equal(0, Status(running)!.RestartCount);
    }

    [Theory]
    [InlineData("/job/absent", "exec: \"/job/absent\": stat /job/absent: no such file or directory")]
    [InlineData("absent-program", "exec: \"absent-program\": executable file not found in $PATH")]
    [InlineData("/job/data", "exec: \"/job/data\": permission denied")]
    public async Task ProgramThatCannotBeRun_IsAStartError(string command, string problem)
    {
        var space = await fixture.CreateSpaceAsync(Ct);
        var image = await space.PushAsync(TestImage.Script("exit 0").WithFile("job/data", ""), "script:1", Ct);
        space.Run("start", image, pod => pod.Containers[0].Command = [command]);

        var failed = await space.WaitAsync<V1Pod>("start", p => Status(p)?.State.Waiting?.Reason == "RunContainerError", Ct);

        var status = Status(failed)!;
        Assert.EndsWith("unable to start container process: " + problem, status.State.Waiting.Message, StringComparison.Ordinal);
        Assert.Equal((128, "StartError"), (status.LastState.Terminated.ExitCode, status.LastState.Terminated.Reason));
    }

    [Fact]
    public async Task RootImageUnderRunAsNonRoot_IsRefused()
    {
        var space = await fixture.CreateSpaceAsync(Ct);
        var image = await space.PushAsync(TestImage.Script("exit 0"), "root:1", Ct);
        var pod = space.Run("root", image, spec => spec.SecurityContext = new V1PodSecurityContext { RunAsNonRoot = true });

        var refused = await space.WaitAsync<V1Pod>("root", p => Status(p)?.State.Waiting?.Reason == "CreateContainerConfigError", Ct);

        Assert.Equal(
            $"container has runAsNonRoot and image will run as root (pod: \"root_{space.Name}({pod.Metadata.Uid})\", container: app)",
            Status(refused)!.State.Waiting.Message);
    }

    [Fact]
    public async Task UnhealthyContainer_IsEndedAndStartedAgain()
    {
        var space = await fixture.CreateSpaceAsync(Ct);
        var image = await space.PushAsync(TestImage.Script("trap 'exit 0' TERM; while :; do sleep 0.1; done"), "sick:1", Ct);
        space.Run("sick", image, pod => pod.Containers[0].LivenessProbe = new V1Probe
        {
            Exec = new V1ExecAction { Command = ["sh", "-c", "echo not well; exit 1"] },
            PeriodSeconds = 1,
            FailureThreshold = 1,
        });

        var restarted = await space.WaitAsync<V1Pod>("sick", p => Status(p)?.RestartCount == 1, Ct);

        Assert.Equal("Completed", Status(restarted)!.LastState.Terminated.Reason);
        Assert.Contains("Normal Killing: Container app failed liveness probe, will be restarted", space.EventsOf("sick"));
        Assert.Contains(space.EventsOf("sick"), e => e.StartsWith("Warning Unhealthy: Liveness probe failed: not well", StringComparison.Ordinal));
    }

    [Fact]
    public async Task PodThatFailsUnforeseen_CanBeDeleted()
    {
        var space = await fixture.CreateSpaceAsync(Ct);
        space.Run("odd", space.WebApp, pod => pod.Volumes =
            [new V1Volume { Name = "odd", HostPath = new V1HostPathVolumeSource { Path = "/no\0path", Type = "DirectoryOrCreate" } }]);
        await space.WaitAsync<V1Pod>("odd", p => p.Status?.StartTime is not null, Ct);

        space.Api.Delete<V1Pod>(space.Name, "odd");

        await space.WaitUntilGoneAsync<V1Pod>("odd", Ct);
    }

    [Fact]
    public async Task TooBigPod_IsUnschedulable()
    {
        var space = await fixture.CreateSpaceAsync(Ct);
        space.Run("big", space.WebApp, pod => pod.Containers[0].Resources = new V1ResourceRequirements
        {
            Requests = new Dictionary<string, ResourceQuantity> { ["cpu"] = new("1000") },
        });

        var pending = await space.WaitAsync<V1Pod>("big", p => p.Status?.Conditions?.Any(c => c.Reason == "Unschedulable") == true, Ct);

        Assert.Equal(
            "0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.",
            pending.Status.Conditions.Single(c => c.Type == "PodScheduled").Message);
    }

    private static V1Secret Secret(string space) => new()
    {
        Metadata = new V1ObjectMeta { Name = "db", NamespaceProperty = space },
        Data = new Dictionary<string, byte[]> { ["password"] = "x"u8.ToArray() },
    };

    private static V1ContainerStatus? Status(V1Pod pod) => pod.Status?.ContainerStatuses?.FirstOrDefault();
}
