using System.Net;
using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Endpoint;
using AspireK8sDeployer.Engine.Render;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Engine.Tests.Cluster;
using AspireK8sDeployer.Engine.Tests.Shared;

namespace AspireK8sDeployer.Engine.Tests.Endpoint;

/// <summary>An Ingress in front of the Service; the host is in a domain that no DNS knows.</summary>
public class FrontDoorTests
{
    private static readonly DeploymentSettings Settings = A.Settings() with
    {
        Service = new ServiceSettings { Type = ServiceType.ClusterIP, Port = 9000 },
        Ingress = new IngressSettings { Host = "greeter.invalid" },
    };

    private readonly SkippingTime _time = new();
    private readonly List<string> _progress = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AHostThatDnsDoesNotKnow_IsCheckedAtTheControllersAddress()
    {
        await using var controller = new Answerer(200, StableId.Of(Settings.Identity));

        var (endpoint, warnings) = await ResolveAsync(Ingress("greeter.invalid", controller.Port));

        Assert.Equal(new PipelineEndpoint(new Uri($"http://greeter.invalid:{controller.Port}/"), "ingress", Verified: true) { Address = "127.0.0.1" }, endpoint);
        Assert.Equal(["DNS does not know greeter.invalid yet: it has to lead to 127.0.0.1"], warnings);
        Assert.Equal($"greeter.invalid:{controller.Port}", controller.Host);
    }

    [Fact]
    public async Task AHandlerOfTheEndpoint_ReachesItToo()
    {
        await using var controller = new Answerer(200, StableId.Of(Settings.Identity));
        var (endpoint, _) = await ResolveAsync(Ingress("greeter.invalid", controller.Port));
        using var http = new HttpClient(endpoint.CreateHandler());

        using var answer = await http.GetAsync(endpoint.Url, Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task AnIngressOfEveryHost_IsReachedAtItsAddress()
    {
        await using var controller = new Answerer(200, StableId.Of(Settings.Identity));

        var (endpoint, warnings) = await ResolveAsync(Ingress(null, controller.Port, "/greeter"));

        Assert.Equal(new PipelineEndpoint(new Uri($"http://127.0.0.1:{controller.Port}/greeter/"), "ingress", Verified: true), endpoint);
        Assert.Empty(warnings);
    }

    [Fact]
    public async Task SomebodyElseAtThatHost_IsAWarning_AndTheHostStaysTheEndpoint()
    {
        await using var stranger = new Answerer(200, "somebody else");

        var (endpoint, warnings) = await ResolveAsync(Ingress("greeter.invalid", stranger.Port));

        Assert.Equal(
            new PipelineEndpoint(new Uri($"http://greeter.invalid:{stranger.Port}/"), "ingress", Verified: false, "kubectl port-forward -n demo service/greeter 9000:9000"),
            endpoint);
        Assert.Equal(
            ["DNS does not know greeter.invalid yet: it has to lead to 127.0.0.1", $"http://greeter.invalid:{stranger.Port}/ answers 200, but not as this pipeline does"],
            warnings);
        Assert.InRange(_time.Waited, TimeSpan.FromSeconds(19), TimeSpan.FromSeconds(25));
    }

    [Fact]
    public async Task PipelineThatIsUnwellBehindIt_IsAFailure()
    {
        await using var unwell = new Answerer(503, StableId.Of(Settings.Identity));

        var failure = await Assert.ThrowsAsync<DeploymentException>(() => ResolveAsync(Ingress("greeter.invalid", unwell.Port)));

        Assert.Equal("K8SD501", failure.Code);
    }

    [Fact]
    public async Task WithoutAController_TheRolloutIsNotHeldUp()
    {
        var (endpoint, warnings) = await ResolveAsync(Ingress("greeter.invalid", null));

        Assert.Equal((new Uri("http://greeter.invalid/"), false), (endpoint.Url, endpoint.Verified));
        Assert.StartsWith("Ingress/demo/greeter has no address (INGRESS_PENDING)", warnings[0], StringComparison.Ordinal);
        Assert.InRange(_time.Waited, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(70));
        Assert.InRange(_progress.Count, 2, 6);
    }

    [Fact]
    public async Task WithoutHostAndAddress_TheServiceIsTheEndpoint()
    {
        var (endpoint, warnings) = await ResolveAsync(Ingress(null, null));

        Assert.Equal((new Uri("http://greeter.demo.svc:9000/"), "kubectl port-forward -n demo service/greeter 9000:9000"), (endpoint.Url, endpoint.Hint));
        Assert.Contains("INGRESS_PENDING", Assert.Single(warnings), StringComparison.Ordinal);
    }

    private async Task<(PipelineEndpoint Endpoint, IReadOnlyList<string> Warnings)> ResolveAsync(JsonObject ingress)
    {
        using var client = new ApiClient(() => new FakeTransport((request, _) => FakeTransport.Json(HttpStatusCode.OK, Answer(request, ingress))), _time);
        using var resolver = new EndpointResolver(new ClusterObjects(client), TimeSpan.FromSeconds(60));
        return await resolver.ResolveAsync(EndpointTarget.Of(Settings) with { IsNew = true }, null, _progress.Add, Cancellation);
    }

    private static string Answer(HttpRequestMessage request, JsonObject ingress) => request.RequestUri!.AbsolutePath.Contains("/ingresses/", StringComparison.Ordinal)
        ? ingress.ToJsonString()
        : """{"metadata":{"name":"greeter","namespace":"demo"},"spec":{"type":"ClusterIP","ports":[{"port":9000}]}}""";

    private static JsonObject Ingress(string? host, int? port, string path = "/") => new()
    {
        ["metadata"] = new JsonObject { ["name"] = "greeter", ["namespace"] = "demo" },
        ["spec"] = new JsonObject
        {
            ["rules"] = new JsonArray(new JsonObject
            {
                ["host"] = host,
                ["http"] = new JsonObject { ["paths"] = new JsonArray(new JsonObject { ["path"] = path, ["pathType"] = "Prefix" }) },
            }),
        },
        ["status"] = port is null ? null : new JsonObject
        {
            ["loadBalancer"] = new JsonObject
            {
                ["ingress"] = new JsonArray(new JsonObject { ["ip"] = "127.0.0.1", ["ports"] = new JsonArray(new JsonObject { ["port"] = port, ["protocol"] = "TCP" }) }),
            },
        },
    };
}
