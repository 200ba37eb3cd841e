using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Network;
using AspireK8sDeployer.EmbeddedCluster.Process;
using AspireK8sDeployer.EmbeddedCluster.Tests.Api;
using Microsoft.Extensions.Logging.Abstractions;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Golden;

/// <summary>Replays the recordings of a real API server against the embedded one.</summary>
public sealed class GoldenTests(GoldenServer golden) : IClassFixture<GoldenServer>
{
    /// <summary>Scenarios that are not replayed here, with the reason.</summary>
    private static readonly Dictionary<string, string> NotReplayed = new()
    {
        ["controllers/deployment-ready"] = NeedsNode,
        ["controllers/events"] = NeedsNode,
        ["controllers/history-limit"] = NeedsNode,
        ["controllers/pdb-hpa"] = NeedsNode,
        ["controllers/pod-lifecycle"] = NeedsNode,
        ["controllers/rollout"] = NeedsNode,
        ["controllers/scale-pause"] = NeedsNode,
        ["controllers/service-endpoints"] = NeedsNode,
        ["controllers/statefulset"] = NeedsNode,
    };

    private const string NeedsNode = "needs a node that runs the recorded images";

    public static TheoryData<string> Scenarios => [.. Recording.Names().Where(name => !NotReplayed.ContainsKey(name))];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Scenario_IsAnsweredAsRecorded(string scenario)
    {
        var result = await golden.Replayer.ReplayAsync(Recording.Load(scenario), TestContext.Current.CancellationToken);

        TestContext.Current.TestOutputHelper?.WriteLine(result.ToString());
        Assert.True(result.Failures.Count == 0, $"{result}\n{string.Join("\n", result.Failures)}");
    }
}

/// <summary>One server, with its controllers, for all scenarios: each has a namespace of its own.</summary>
public sealed class GoldenServer : IAsyncLifetime
{
    private readonly LoopbackSubnet _subnet = LoopbackSubnet.Reserve();
    private HttpClient? _client;
    private ApiServer? _server;
    private ClusterComponents? _controllers;

    internal Replayer Replayer => new(_client!, _server!);

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.StartAsync(ct: TestContext.Current.CancellationToken);
        _controllers = ClusterComponents.Start(_server, _subnet, _ => null, TimeProvider.System, NullLoggerFactory.Instance);
        _client = TestClient.For(_server);
    }

    public async ValueTask DisposeAsync()
    {
        _client!.Dispose();
        await _controllers!.DisposeAsync();
        await _server!.DisposeAsync();
        _subnet.Dispose();
    }
}
