using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Api;

/// <summary>The custom kinds that deployments are rendered to, by the definitions of <c>tests/Shared/Crds</c>.</summary>
public sealed class RenderedCustomKindsTests : IAsyncLifetime
{
    private const string Routes = "/apis/gateway.networking.k8s.io/v1/namespaces/default/httproutes";
    private const string Scalers = "/apis/keda.sh/v1alpha1/namespaces/default/scaledobjects";

    private ApiServer? _server;
    private HttpClient? _client;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.StartAsync(ct: Ct);
        _client = TestClient.AdminFor(_server);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Crds"), "*.yaml"))
        {
            var definition = await File.ReadAllTextAsync(file, Ct);
            var name = definition.Split('\n').First(line => line.StartsWith("  name:", StringComparison.Ordinal))["  name:".Length..].Trim();
            var (code, body) = await ApplyAsync($"/apis/apiextensions.k8s.io/v1/customresourcedefinitions/{name}", definition);
            Assert.True(code == 201, body.ToJsonString());
        }

        foreach (var path in (string[])[Routes, Scalers, "/apis/gateway.networking.k8s.io/v1/gateways", "/apis/gateway.networking.k8s.io/v1/gatewayclasses"])
        {
            await ServedAsync(path);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        await _server!.DisposeAsync();
    }

    [Fact]
    public async Task Discovery_ListsThem_AndNoMetrics()
    {
        var groups = (await GetAsync("/apis"))["groups"]!.AsArray().Select(group => (string)group!["name"]!).ToArray();
        var kinds = new List<string>();
        foreach (var path in (string[])["/apis/gateway.networking.k8s.io/v1", "/apis/keda.sh/v1alpha1"])
        {
            kinds.AddRange((await GetAsync(path))["resources"]!.AsArray().Select(resource => (string)resource!["name"]!));
        }

        Assert.Equal(
            ["gatewayclasses", "gatewayclasses/status", "gateways", "gateways/status", "httproutes", "httproutes/status", "scaledobjects", "scaledobjects/status"],
            kinds.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(groups, name => name.EndsWith("metrics.k8s.io", StringComparison.Ordinal));
    }

    [Fact]
    public async Task UnknownField_IsRefusedWhenStrict()
    {
        var route = JsonNode.Parse(Route)!;
        route["spec"]!["rules"]![0]!["backendRefs"]![0]!["weigth"] = 1;

        using var answer = await _client!.PostAsJsonAsync($"{Routes}?fieldValidation=Strict", route, Ct);

        var status = await answer.Content.ReadFromJsonAsync<JsonObject>(Ct);
        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Equal(
            "HTTPRoute in version \"v1\" cannot be handled as a HTTPRoute: strict decoding error: "
            + "unknown field \"spec.rules[0].backendRefs[0].weigth\"",
            (string?)status!["message"]);
    }

    [Fact]
    public async Task AppliedRoute_GetsDefaults_AndOwnersOfItsFields()
    {
        var (created, first) = await ApplyAsync($"{Routes}/greeter", Route);
        var (unchanged, second) = await ApplyAsync($"{Routes}/greeter", Route);

        Assert.Equal((201, 200), (created, unchanged));
        Assert.Equal((string?)first["metadata"]!["resourceVersion"], (string?)second["metadata"]!["resourceVersion"]);
        Assert.Equivalent(
            new Dictionary<string, string> { ["group"] = "", ["kind"] = "Service", ["name"] = "greeter", ["port"] = "8000", ["weight"] = "1" },
            first["spec"]!["rules"]![0]!["backendRefs"]![0]!.AsObject().ToDictionary(field => field.Key, field => field.Value!.ToString()),
            strict: true);
        Assert.Equal(
            """{"f:spec":{"f:hostnames":{},"f:parentRefs":{},"f:rules":{}}}""", first["metadata"]!["managedFields"]![0]!["fieldsV1"]!.ToJsonString());
    }

    [Fact]
    public async Task FieldOfAnotherManager_IsAConflict()
    {
        await ApplyAsync($"{Scalers}/greeter", Scaler);

        var (code, status) = await ApplyAsync($"{Scalers}/greeter", Scaler.Replace("\"maxReplicaCount\":5", "\"maxReplicaCount\":9", StringComparison.Ordinal), "other");

        Assert.Equal(
            (409, "Apply failed with 1 conflict: conflict with \"tests\": .spec.maxReplicaCount"),
            (code, (string?)status["message"]));
    }

    [Theory]
    [InlineData("\"port\":8000", "\"port\":70000", "spec.rules[0].backendRefs[0].port: Invalid value: 70000: spec.rules[0].backendRefs[0].port in body should be less than or equal to 65535")]
    [InlineData("\"type\":\"PathPrefix\"", "\"type\":\"Prefix\"", "spec.rules[0].matches[0].path.type: Unsupported value: \"Prefix\": supported values: \"Exact\", \"PathPrefix\", \"RegularExpression\"")]
    [InlineData("\"port\":8000", "\"weight\":1", "spec.rules[0].backendRefs[0]: Invalid value: Must have port for Service reference")]
    public async Task InvalidRoute_IsRefusedByTheSchema(string field, string wrong, string problem)
    {
        var (code, status) = await ApplyAsync($"{Routes}/greeter", Route.Replace(field, wrong, StringComparison.Ordinal));

        Assert.Equal(422, code);
        Assert.Contains(problem, (string?)status["message"], StringComparison.Ordinal);
    }

    private const string Route = """
        {"apiVersion":"gateway.networking.k8s.io/v1","kind":"HTTPRoute","metadata":{"name":"greeter"},"spec":{"parentRefs":[{"name":"public"}],
        "hostnames":["greeter.example.com"],"rules":[{"matches":[{"path":{"type":"PathPrefix","value":"/"}}],"backendRefs":[{"name":"greeter","port":8000}]}]}}
        """;

    private const string Scaler = """
        {"apiVersion":"keda.sh/v1alpha1","kind":"ScaledObject","metadata":{"name":"greeter"},"spec":{"scaleTargetRef":{"name":"greeter"},
        "minReplicaCount":1,"maxReplicaCount":5,"triggers":[{"type":"cpu","metricType":"Utilization","metadata":{"value":"70"}}]}}
        """;

    /// <summary>As on a real server, a definition is accepted a moment before its kind is served.</summary>
    private async Task ServedAsync(string path)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            using var answer = await _client!.GetAsync(new Uri(path, UriKind.Relative), patience.Token);
            if (answer.IsSuccessStatusCode)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);
        }
    }

    private async Task<JsonObject> GetAsync(string path) => (await _client!.GetFromJsonAsync<JsonObject>(path, Ct))!;

    private async Task<(int Code, JsonObject Body)> ApplyAsync(string path, string body, string manager = "tests")
    {
        using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/apply-patch+yaml"));
        using var answer = await _client!.PatchAsync(new Uri($"{path}?fieldManager={manager}&fieldValidation=Strict", UriKind.Relative), content, Ct);
        return ((int)answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonObject>(Ct))!);
    }
}
