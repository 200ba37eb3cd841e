using System.Net;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Controllers;
using AspireK8sDeployer.EmbeddedCluster.Controllers.Deployments;
using AspireK8sDeployer.EmbeddedCluster.Controllers.Endpoints;
using AspireK8sDeployer.EmbeddedCluster.Controllers.Policies;
using AspireK8sDeployer.EmbeddedCluster.Controllers.ReplicaSets;
using AspireK8sDeployer.EmbeddedCluster.Controllers.StatefulSets;
using AspireK8sDeployer.EmbeddedCluster.Tests.Api;
using AspireK8sDeployer.EmbeddedCluster.Tests.Controllers;
using Microsoft.Extensions.Logging.Abstractions;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Golden;

/// <summary>Replays the recordings of a real API server against the embedded one.</summary>
public sealed class GoldenTests(GoldenServer golden) : IClassFixture<GoldenServer>
{
    public static TheoryData<string> Scenarios => [.. Recording.Names().Except(NeedMore)];

    /// <summary>What needs more than an API server and controllers.</summary>
    private static IEnumerable<string> NeedMore => Recording.Names().Where(name => Recording.Load(name).Needs is not null);

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Scenario_IsAnsweredAsRecorded(string scenario)
    {
        var result = await golden.Replayer.ReplayAsync(Recording.Load(scenario), TestContext.Current.CancellationToken);

        TestContext.Current.TestOutputHelper?.WriteLine(result.ToString());
        Assert.True(result.Failures.Count == 0, $"{result}\n{string.Join("\n", result.Failures)}");
    }

    [Fact]
    public void WhatIsNotReplayedHere_IsReplayedOnANode() =>
        Assert.Equal([], NeedMore.Except(NodeGoldenTests.Scenarios.Select(scenario => scenario.Data)));
}

/// <summary>One server, with controllers, for all scenarios: each has a namespace of its own.</summary>
public sealed class GoldenServer : IAsyncLifetime
{
    private readonly CancellationTokenSource _stop = new();
    private HttpClient? _client;
    private ApiServer? _server;
    private Task _controllers = Task.CompletedTask;

    internal Replayer Replayer => new(_client!, _server!);

    public async ValueTask InitializeAsync()
    {
        // The address range of the recorded server: some requests name addresses in it.
        _server = await ApiServer.StartAsync(new ApiServerOptions { ServiceCidr = IPNetwork.Parse("10.96.0.0/16") }, TestContext.Current.CancellationToken);
        _client = TestClient.For(_server);

        // As in the recorded cluster, nobody gives load balancers an address.
        var hub = new ObjectHub(_server.Api, TimeProvider.System, NullLogger<ObjectHub>.Instance);
        var events = new EventRecorder(_server.Api, TimeProvider.System, NullLogger<EventRecorder>.Instance);
        var context = new ControllerContext(_server.Api, hub, events, TimeProvider.System, NullLogger.Instance);
        Controller[] controllers =
        [
            new DeploymentController(context),
            new ReplicaSetController(context),
            new EndpointSliceController(context),
            new NamespaceController(context, _server.CertificateAuthority),
            new StatefulSetController(context),
            new DisruptionController(context),
            new AutoscalerController(context),
        ];
        var garbage = new GarbageCollector(context);
        _controllers = Task.WhenAll([.. controllers.Select(c => c.RunAsync(_stop.Token)), garbage.RunAsync(_stop.Token), hub.RunAsync(_stop.Token)]);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAny(_controllers, Task.Delay(TimeSpan.FromSeconds(5)));
        _client!.Dispose();
        await _server!.DisposeAsync();
        _stop.Dispose();
    }
}
