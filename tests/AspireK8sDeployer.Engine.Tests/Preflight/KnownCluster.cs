using System.Net;
using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Preflight;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Engine.Tests.Cluster;
using AspireK8sDeployer.Engine.Tests.Shared;

namespace AspireK8sDeployer.Engine.Tests.Preflight;

/// <summary>A cluster of which only that is known which checks look at.</summary>
internal sealed class KnownCluster
{
    private readonly Dictionary<string, string> _objects = new()
    {
        ["version"] = """{"major":"1","minor":"36"}""",
        ["api/v1/namespaces/demo"] = """{"metadata":{"name":"demo"}}""",
        ["apis"] = Groups("apps/v1", "autoscaling/v2", "policy/v1", "networking.k8s.io/v1", "rbac.authorization.k8s.io/v1", "metrics.k8s.io/v1beta1", "custom.metrics.k8s.io/v1beta1"),
    };

    /// <summary>Paths that may not be looked at.</summary>
    public HashSet<string> Forbidden { get; } = [];

    public FakeTransport Transport => field ??= new FakeTransport((request, _) => Answer(request.RequestUri!.AbsolutePath.TrimStart('/')));

    public static string Groups(params string[] versions) =>
        new JsonObject
        {
            ["groups"] = new JsonArray([.. versions.Select(item => item.Split('/')).GroupBy(item => item[0]).Select(group => (JsonNode)new JsonObject
            {
                ["name"] = group.Key,
                ["versions"] = new JsonArray([.. group.Select(item => (JsonNode)new JsonObject { ["version"] = item[1] })]),
            })]),
        }.ToJsonString();

    public KnownCluster With(string path, string json)
    {
        _objects[path] = json;
        return this;
    }

    public async Task<PreflightReport> CheckAsync(params DeploymentSettings[] settings)
    {
        using var engine = new DeploymentEngine(() => Transport, new DeploymentEngineOptions { TimeProvider = new SkippingTime() });
        return await engine.CheckAsync(settings, TestContext.Current.CancellationToken);
    }

    public async Task<DeploymentException> FailureAsync(params DeploymentSettings[] settings) => await Assert.ThrowsAsync<DeploymentException>(() => CheckAsync(settings));

    private HttpResponseMessage Answer(string path)
    {
        if (path.EndsWith("selfsubjectaccessreviews", StringComparison.Ordinal))
        {
            return FakeTransport.Json(HttpStatusCode.Created, """{"status":{"allowed":true}}""");
        }

        if (Forbidden.Contains(path))
        {
            return FakeTransport.Status(HttpStatusCode.Forbidden, "Forbidden", "no");
        }

        return _objects.TryGetValue(path, out var json) ? FakeTransport.Json(HttpStatusCode.OK, json) : FakeTransport.Status(HttpStatusCode.NotFound, "NotFound", "not found");
    }
}
