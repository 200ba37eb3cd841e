using System.Text;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Node.Containers;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Node;

public class RunningPodTests(ClusterFixture fixture)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ConfigMapAndSecret_AreFilesAndFollowChanges()
    {
        var space = await fixture.CreateSpaceAsync(Ct);
        var map = space.Api.Create(new V1ConfigMap { Metadata = Named("config", space), Data = new Dictionary<string, string> { ["greeting"] = "one" } }, "test");
        space.Run("web", space.WebApp, pod =>
        {
            pod.Containers[0].Ports = [new V1ContainerPort { ContainerPort = 8080 }];
            pod.Containers[0].ReadinessProbe = TestSpace.Ready();
            pod.Containers[0].VolumeMounts = [new V1VolumeMount { Name = "config", MountPath = "/etc/config" }];
            pod.Volumes = [new V1Volume { Name = "config", ConfigMap = new V1ConfigMapVolumeSource { Name = "config" } }];
        });
        var url = await ReadyUrlAsync(space, "web");

        var before = await TestSpace.GetAsync($"{url}/file?path=/etc/config/greeting", Ct);
        map.Data["greeting"] = "two";
        space.Api.Update(map, "test");
        var after = await UntilAsync($"{url}/file?path=/etc/config/greeting", "two");

        Assert.Equal(("one", "two"), (before, after));
    }

    [Fact]
    public async Task RestrictedPod_RunsAsItsUserAndCannotWriteToItsRoot()
    {
        var space = await fixture.CreateSpaceAsync(Ct);
        var image = await space.PushAsync(TestImage.Script("echo uid=$(id -u); touch /job/x 2>/dev/null || echo cannot write; touch /tmp/x 2>/dev/null || echo cannot write; touch /data/x && echo can write"), "who:1", Ct);
        space.Run("who", image, pod =>
        {
            pod.RestartPolicy = "Never";
            pod.Containers[0].SecurityContext = new V1SecurityContext
            {
                RunAsNonRoot = true,
                RunAsUser = 1654,
                AllowPrivilegeEscalation = false,
                ReadOnlyRootFilesystem = true,
            };
            pod.Containers[0].VolumeMounts = [new V1VolumeMount { Name = "data", MountPath = "/data" }];
            pod.Volumes = [new V1Volume { Name = "data", EmptyDir = new V1EmptyDirVolumeSource() }];
        });

        var done = await space.WaitAsync<V1Pod>("who", p => p.Status?.Phase is "Succeeded" or "Failed", Ct);
        var log = await LogAsync(space, "who", new LogOptions());

        Assert.Equal("Succeeded", done.Status.Phase);
        if (Environment.IsPrivilegedProcess)
        {
            Assert.Equal("uid=1654\ncannot write\ncannot write\ncan write\n", log);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task MountsBelowALinkOfTheMachine_AreInThePodAlone(bool readOnlyRoot)
    {
        // On most machines /var/run is a link to /run.
        var space = await fixture.CreateSpaceAsync(Ct);
        space.Api.Create(new V1Secret { Metadata = Named("keys", space), StringData = new Dictionary<string, string> { ["key"] = "one" } }, "test");
        var image = await space.PushAsync(TestImage.Script("cat /var/run/aspire-k8s-test/a/key /var/run/aspire-k8s-test/b/key"), "link:1", Ct);
        space.Run("link", image, pod =>
        {
            pod.RestartPolicy = "Never";
            pod.Containers[0].SecurityContext = new V1SecurityContext { ReadOnlyRootFilesystem = readOnlyRoot };
            pod.Containers[0].VolumeMounts =
            [
                new V1VolumeMount { Name = "keys", MountPath = "/var/run/aspire-k8s-test/a", ReadOnlyProperty = true },
                new V1VolumeMount { Name = "keys", MountPath = "/var/run/aspire-k8s-test/b", ReadOnlyProperty = true },
            ];
            pod.Volumes = [new V1Volume { Name = "keys", Secret = new V1SecretVolumeSource { SecretName = "keys" } }];
        });

        await space.WaitAsync<V1Pod>("link", p => p.Status?.Phase is "Succeeded" or "Failed", Ct);

        Assert.Equal("oneone", await LogAsync(space, "link", new LogOptions()));
        Assert.False(Directory.Exists("/var/run/aspire-k8s-test"));
    }

    [Fact]
    public async Task Logs_AreCutAsAskedFor()
    {
        var space = await fixture.CreateSpaceAsync(Ct);
        var image = await space.PushAsync(TestImage.Script("echo one; echo two >&2; echo three; printf four"), "log:1", Ct);
        space.Run("log", image, pod => pod.RestartPolicy = "Never");
        await space.WaitAsync<V1Pod>("log", p => p.Status?.Phase == "Succeeded", Ct);

        Assert.Equal("one\ntwo\nthree\nfour", await LogAsync(space, "log", new LogOptions()));
        Assert.Equal("three\nfour", await LogAsync(space, "log", new LogOptions { TailLines = 2 }));
        Assert.Equal("", await LogAsync(space, "log", new LogOptions { TailLines = 0 }));
        Assert.Equal("one\nt", await LogAsync(space, "log", new LogOptions { LimitBytes = 5 }));
        Assert.Equal("one\ntwo\nthree\nfour", await LogAsync(space, "log", new LogOptions { Follow = true }));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT[\d:.]+Z one\n", await LogAsync(space, "log", new LogOptions { Timestamps = true }));
        Assert.Equal("", await LogAsync(space, "log", new LogOptions { SinceTime = TimeProvider.System.GetUtcNow().AddHours(1) }));
    }

    [Fact]
    public async Task PreviousLog_IsTheLastRunsWhileTheNextWaits()
    {
        var space = await fixture.CreateSpaceAsync(Ct);
        var image = await space.PushAsync(TestImage.Script("echo run; exit 1"), "again:1", Ct);
        space.Run("again", image);
        await space.WaitAsync<V1Pod>("again", p => p.Status?.ContainerStatuses?[0].State.Waiting?.Reason == "CrashLoopBackOff", Ct);

        Assert.Equal("run\n", await LogAsync(space, "again", new LogOptions { Previous = true }));
        Assert.Equal("run\n", await LogAsync(space, "again", new LogOptions()));
    }

    [Fact]
    public async Task InitContainers_RunInOrderBeforeTheApplication()
    {
        var space = await fixture.CreateSpaceAsync(Ct);
        var image = await space.PushAsync(TestImage.Script("echo $1 >> /shared/order; cat /shared/order"), "init:1", Ct);
        space.Run("init", image, pod =>
        {
            pod.RestartPolicy = "Never";
            pod.Volumes = [new V1Volume { Name = "shared", EmptyDir = new V1EmptyDirVolumeSource() }];
            pod.InitContainers = [Container("first", image), Container("second", image)];
            pod.Containers = [Container("app", image)];
        });

        await space.WaitAsync<V1Pod>("init", p => p.Status?.Phase == "Succeeded", Ct);

        Assert.Equal("first\nsecond\napp\n", await LogAsync(space, "init", new LogOptions()));
    }

    [Fact]
    public async Task DeletedPod_HasItsGracePeriodAndLeavesNoProcess()
    {
        var space = await fixture.CreateSpaceAsync(Ct);
        var image = await space.PushAsync(TestImage.Script("trap '' TERM; sleep 1000 & while :; do sleep 0.1; done"), "stubborn:1", Ct);
        var pod = space.Run("stubborn", image, spec => spec.TerminationGracePeriodSeconds = 1);
        var running = await space.WaitAsync<V1Pod>("stubborn", p => p.Status?.ContainerStatuses?[0].State.Running is not null, Ct);
        var id = running.Status.ContainerStatuses[0].ContainerID.Split("//")[1];

        space.Api.Delete<V1Pod>(space.Name, "stubborn");
        await space.WaitUntilGoneAsync<V1Pod>("stubborn", Ct);

        Assert.DoesNotContain(ProcessIds.All(), process => ProcessIds.HasMarker(process, "ASPIRE_K8S_CONTAINER", id) && ProcessIds.IsAlive(process));
        Assert.Contains("Normal Killing: Stopping container app", space.EventsOf(pod.Metadata.Name));
    }

    private static V1Container Container(string name, string image) => new()
    {
        Name = name,
        Image = image,
        Args = [name],
        VolumeMounts = [new V1VolumeMount { Name = "shared", MountPath = "/shared" }],
    };

    private static V1ObjectMeta Named(string name, TestSpace space) => new() { Name = name, NamespaceProperty = space.Name };

    private static async Task<string> ReadyUrlAsync(TestSpace space, string name)
    {
        var pod = await space.WaitAsync<V1Pod>(name, p => p.Status?.Conditions?.Any(c => c.Type == "Ready" && c.Status == "True") == true, Ct);
        return $"http://{pod.Status.PodIP}:8080";
    }

    private static async Task<string> UntilAsync(string url, string wanted)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        string answer;
        do
        {
            answer = await TestSpace.GetAsync(url, patience.Token);
        }
        while (answer != wanted);
        return answer;
    }

    private static async Task<string> LogAsync(TestSpace space, string pod, LogOptions options)
    {
        using var stream = new MemoryStream();
        await space.Cluster.Host.Logs.CopyAsync(space.Name, pod, "app", options, stream, Ct);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
