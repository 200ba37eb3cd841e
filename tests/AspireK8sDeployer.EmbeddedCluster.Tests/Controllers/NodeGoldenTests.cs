using AspireK8sDeployer.EmbeddedCluster.Process;
using AspireK8sDeployer.EmbeddedCluster.Registry;
using AspireK8sDeployer.EmbeddedCluster.Tests.Api;
using AspireK8sDeployer.EmbeddedCluster.Tests.Golden;
using AspireK8sDeployer.EmbeddedCluster.Tests.Node;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Controllers;

/// <summary>Replays the recordings in which pods run: on a whole cluster, with an image that does what the recorded one did.</summary>
public sealed class NodeGoldenTests(NodeGoldenCluster golden) : IClassFixture<NodeGoldenCluster>
{
    public static TheoryData<string> Scenarios => [.. Recording.Names().Where(name =>
        name.StartsWith("controllers/", StringComparison.Ordinal) || Recording.Load(name).Needs is not null)];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Scenario_IsAnsweredAsRecorded(string scenario)
    {
        var result = await golden.Replayer.ReplayAsync(Recording.Load(scenario), TestContext.Current.CancellationToken);

        TestContext.Current.TestOutputHelper?.WriteLine(result.ToString());
        Assert.True(result.Failures.Count == 0, $"{result}\n{string.Join("\n", result.Failures)}");
    }
}

/// <summary>A cluster whose registry goes by the recorded one's name, with the recorded image on its node.</summary>
public sealed class NodeGoldenCluster : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("golden-").FullName;
    private EmbeddedCluster? _cluster;
    private HttpClient? _client;

    internal Replayer Replayer => new(_client!, _cluster!.Host.Server);

    public async ValueTask InitializeAsync()
    {
        var ct = TestContext.Current.CancellationToken;
        new ClusterState { Credentials = RegistryCredentials.Create(), FormerRegistryHosts = ["kcp.local"] }.Save(_directory);
        _cluster = await EmbeddedCluster.StartAsync(new EmbeddedClusterOptions { StateDirectory = _directory }, ct);
        _client = TestClient.For(_cluster.Host.Server);

        var hello = TestImage.WebApp();
        hello.Config.Remove("User"); // the recorded image runs as root
        await hello.PushAsync(_cluster, "hello:1", ct);
        var space = await TestSpace.CreateAsync(_cluster, "kcp.local/hello:1", ct);
        space.Run("pull", space.WebApp, pod =>
        {
            pod.RestartPolicy = "Never";
            pod.Containers[0].Args = ["env"];
        });
        await space.WaitAsync<k8s.Models.V1Pod>("pull", pod => pod.Status?.Phase == "Succeeded", ct);
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }

        Directory.Delete(_directory, recursive: true);
    }
}
