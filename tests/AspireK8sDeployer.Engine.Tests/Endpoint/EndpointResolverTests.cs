using System.Net;
using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Endpoint;
using AspireK8sDeployer.Engine.Render;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Engine.Tests.Cluster;
using AspireK8sDeployer.Engine.Tests.Shared;

namespace AspireK8sDeployer.Engine.Tests.Endpoint;

public class EndpointResolverTests
{
    private static readonly DeploymentIdentity Greeter = new("demo", "greeter", "app");

    private readonly SkippingTime _time = new();
    private readonly List<string> _progress = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PipelineThatIsWell_IsTheEndpoint()
    {
        await using var node = new Answerer(200, StableId.Of(Greeter));

        var (endpoint, warnings) = await ResolveAsync(NodePort(node.Port));

        Assert.Equal(new PipelineEndpoint(new Uri($"http://127.0.0.1:{node.Port}/"), "node port", Verified: true), endpoint);
        Assert.Empty(warnings);
    }

    [Fact]
    public async Task SomebodyElseAtTheNodesAddress_IsNoFailure()
    {
        await using var stranger = new Answerer(404, "somebody else");

        var (endpoint, warnings) = await ResolveAsync(NodePort(stranger.Port));

        Assert.False(endpoint.Verified);
        Assert.Equal("kubectl port-forward -n demo service/greeter 8000:8000", endpoint.Hint);
        Assert.StartsWith($"http://127.0.0.1:{stranger.Port}/health answers 404, but not as this pipeline does", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PipelineThatIsUnwellBehindItsService_IsAFailure()
    {
        await using var unwell = new Answerer(503, StableId.Of(Greeter));

        var failure = await Assert.ThrowsAsync<DeploymentException>(() => ResolveAsync(NodePort(unwell.Port)));

        Assert.Equal("K8SD501", failure.Code);
    }

    [Fact]
    public async Task PendingLoadBalancer_IsWaitedForOnce_AndSaidNowAndThen()
    {
        var service = LoadBalancer(created: _time.GetUtcNow());

        var (_, warnings) = await ResolveAsync(service);

        Assert.InRange(_time.Waited, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(70));
        Assert.InRange(_progress.Count, 2, 6);
        Assert.Contains(warnings, warning => warning.Contains("LB_PENDING", StringComparison.Ordinal));
    }

    [Fact]
    public async Task LoadBalancerThatWasPendingForLong_IsNotWaitedForAgain()
    {
        var service = LoadBalancer(created: _time.GetUtcNow() - TimeSpan.FromHours(1));

        var (_, warnings) = await ResolveAsync(service, known: service);

        Assert.InRange(_time.Waited, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Empty(_progress);
        Assert.Contains(warnings, warning => warning.Contains("LB_PENDING", StringComparison.Ordinal));
    }

    private async Task<(PipelineEndpoint Endpoint, IReadOnlyList<string> Warnings)> ResolveAsync(JsonObject service, JsonObject? known = null)
    {
        using var client = new ApiClient(() => new FakeTransport((request, _) => Answer(request, service)), _time);
        using var resolver = new EndpointResolver(new ClusterObjects(client), TimeSpan.FromSeconds(60));
        return await resolver.ResolveAsync(EndpointTarget.Of(Greeter), known, _progress.Add, Cancellation);
    }

    private static HttpResponseMessage Answer(HttpRequestMessage request, JsonObject service) => request.RequestUri!.AbsolutePath.Split('/')[^2..] switch
    {
        [_, "nodes"] => FakeTransport.Json(HttpStatusCode.OK, """{"items":[{"metadata":{"name":"node"},"status":{"addresses":[{"type":"InternalIP","address":"127.0.0.1"}]}}]}"""),
        ["services", _] => FakeTransport.Json(HttpStatusCode.OK, service.ToJsonString()),
        _ => FakeTransport.Status(HttpStatusCode.NotFound, "NotFound", "not found"),
    };

    private static JsonObject NodePort(int port) => Service("NodePort", port, DateTimeOffset.UnixEpoch);

    private static JsonObject LoadBalancer(DateTimeOffset created) => Service("LoadBalancer", nodePort: null, created);

    private static JsonObject Service(string type, int? nodePort, DateTimeOffset created) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Service",
        ["metadata"] = new JsonObject { ["name"] = "greeter", ["namespace"] = "demo", ["creationTimestamp"] = created.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null) },
        ["spec"] = new JsonObject { ["type"] = type, ["ports"] = new JsonArray(new JsonObject { ["port"] = 8000, ["nodePort"] = nodePort }) },
    };
}
