using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Tests.Api;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Golden;

/// <summary>Replays the recordings of a real API server against the embedded one.</summary>
public sealed class GoldenTests(GoldenServer golden) : IClassFixture<GoldenServer>
{
    /// <summary>Scenarios that cannot match yet, with the reason.</summary>
    private static readonly Dictionary<string, string> NotReplayed = new()
    {
    };

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

/// <summary>One server for all scenarios: each has a namespace of its own.</summary>
public sealed class GoldenServer : IAsyncLifetime
{
    private HttpClient? _client;
    private ApiServer? _server;

    internal Replayer Replayer => new(_client!, _server!, controllers: false);

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.StartAsync(ct: TestContext.Current.CancellationToken);
        _client = TestClient.For(_server);
    }

    public async ValueTask DisposeAsync()
    {
        _client!.Dispose();
        await _server!.DisposeAsync();
    }
}
