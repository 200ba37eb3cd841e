using AspireK8sDeployer.EmbeddedCluster.Tests.Node;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Process;

public sealed class ClusterRestartTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("restart-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task RestartedCluster_RunsWhatWasDeployedAtTheSameAddress()
    {
        string space, address;
        await using (var first = await StartAsync())
        {
            var image = await TestImage.WebApp().PushAsync(first, "tests/web:1", Ct);
            var before = await TestSpace.CreateAsync(first, image, Ct);
            before.Deploy("web", image, change: pod => pod.Containers[0].ReadinessProbe = TestSpace.Ready());
            var service = before.Expose("web");
            await before.WaitUntilRolledOutAsync("web", Ct);
            (space, address) = (before.Name, $"http://{service.Spec.ClusterIP}:8000/");
        }

        await using var second = await StartAsync();
        var after = TestSpace.Open(second, space);
        var answer = await TestSpace.GetAsync(address, Ct);
        var pod = await after.WaitAsync<V1Pod>(after.Pods("web").Single().Metadata.Name, p => p.Status.ContainerStatuses[0].RestartCount == 1, Ct);

        Assert.StartsWith("hello from", answer, StringComparison.Ordinal);
        Assert.Equal((255, "Unknown"), (pod.Status.ContainerStatuses[0].LastState.Terminated.ExitCode, pod.Status.ContainerStatuses[0].LastState.Terminated.Reason));
    }

    private Task<EmbeddedCluster> StartAsync() => EmbeddedCluster.StartAsync(new EmbeddedClusterOptions { StateDirectory = _directory }, Ct);
}
