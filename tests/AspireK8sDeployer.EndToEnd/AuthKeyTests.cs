using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AspireK8sDeployer.EndToEnd.Support;
using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Engine.Endpoint;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.EndToEnd;

/// <summary>A pipeline that asks its callers for a key: it is let in wherever the pipeline answers, and nobody without it.</summary>
public class AuthKeyTests(ClusterUnderTest cluster)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ServiceType.NodePort)]
    [InlineData(ServiceType.ClusterIP)]
    public async Task ThroughTheService_TheKeyIsLetIn_AndNobodyWithoutIt(ServiceType type)
    {
        await using var place = cluster.NewNamespace();
        using var engine = cluster.Connect();
        var settings = await cluster.GreeterAsync(place.Name, Cancellation);

        var result = await engine.DeployAsync(
            settings with { AuthKey = AuthKey.Generated, Service = settings.Service with { Type = type } }, progress: null, Cancellation);

        Assert.Empty(result.Warnings);
        cluster.Reachable(result);
        await TakesTheKeyAloneAsync(engine, settings, result.Endpoint);
    }

    [Fact]
    public async Task ThroughTheIngress_TheKeyIsLetIn_AndNobodyWithoutIt()
    {
        Assert.SkipUnless(cluster.IsEmbedded, "needs an ingress controller");
        await using var place = cluster.NewNamespace();
        using var engine = cluster.Connect();
        var settings = await cluster.GreeterAsync(place.Name, Cancellation) with
        {
            AuthKey = AuthKey.Generated,
            Ingress = new IngressSettings { Host = $"{place.Name}.invalid" },
        };

        var result = await engine.DeployAsync(settings, progress: null, Cancellation);

        Assert.Equal(("ingress", true), (result.Endpoint.Source, result.Endpoint.Verified));
        Assert.DoesNotContain(result.Warnings, warning => warning.Contains("K8SD503", StringComparison.Ordinal));
        await TakesTheKeyAloneAsync(engine, settings, result.Endpoint);
    }

    private static async Task TakesTheKeyAloneAsync(DeploymentEngine engine, DeploymentSettings settings, PipelineEndpoint endpoint)
    {
        var key = await engine.ReadAuthKeyAsync(settings.Identity, Cancellation);
        Assert.NotNull(key);

        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized),
            (await InvokeAsync(endpoint, key), await InvokeAsync(endpoint, null), await InvokeAsync(endpoint, key + "x")));
    }

    private static async Task<HttpStatusCode> InvokeAsync(PipelineEndpoint endpoint, string? key)
    {
        using var http = new HttpClient(endpoint.CreateHandler());
        http.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        using var body = new StringContent("""{"parameters":{"name":"Ada"}}""", Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri(endpoint.Url, "invoke"), body, Cancellation);
        return answer.StatusCode;
    }
}
