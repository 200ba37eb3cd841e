using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Ingress;
using k8s.Models;
using Microsoft.AspNetCore.Http;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Ingress;

public sealed class IngressClassTests(IngressCluster ingress) : IClassFixture<IngressCluster>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("nginx")]
    [InlineData("traefik")]
    [InlineData("alb")]
    public async Task ClassOfAnyName_IsServed_WhenItNamesThisController(string name)
    {
        var space = await ingress.CreateSpaceAsync();
        await using var web = await BackendServer.StartAsync(ingress.NextAddress(), http => http.Response.WriteAsync("web", Ct));
        space.Serve("web", web.Address);
        space.EnsureClass(name);
        await space.PublishAsync("web", $"{space.Name}.example.com", "web", change: made => made.Spec.IngressClassName = name);
        using var client = ingress.Client();

        Assert.Equal("web", await client.GetStringAsync($"http://{space.Name}.example.com/", Ct));
    }

    [Fact]
    public async Task OldAnnotation_NamesTheClassToo()
    {
        var space = await ingress.CreateSpaceAsync();

        var published = await space.PublishAsync(
            "web", null, "web", change: made => made.Metadata.Annotations = new Dictionary<string, string> { ["kubernetes.io/ingress.class"] = IngressClasses.DefaultName });

        Assert.Null(published.Spec.IngressClassName);
    }

    [Fact]
    public async Task ClassThatComesAndGoes_TakesTheAddressWithIt()
    {
        var space = await ingress.CreateSpaceAsync();
        var name = $"{space.Name}-class";
        space.EnsureClass($"{name}-other", "example.com/other-controller");
        space.Create("other", $"other.{space.Name}.example.com", "web", change: made => made.Spec.IngressClassName = $"{name}-other");
        var waiting = space.Create("web", $"{space.Name}.example.com", "web", change: made => made.Spec.IngressClassName = name);

        space.EnsureClass(name);
        await space.WaitAsync<V1Ingress>("web", IngressSpace.HasAddress, Ct);
        space.Api.Delete<V1IngressClass>(null, name);
        await space.WaitAsync<V1Ingress>("web", made => !IngressSpace.HasAddress(made), Ct);

        Assert.False(IngressSpace.HasAddress(waiting));
        Assert.False(IngressSpace.HasAddress(space.Get<V1Ingress>("other")));
        Assert.Empty(space.EventsOf("other"));
    }

    [Fact]
    public void Cluster_HasOneClassOfItsOwn_AndItIsTheDefault()
    {
        var own = ingress.Cluster.Host.Server.Api.Get<V1IngressClass>(null, "embedded");

        Assert.Equal(("aspire-k8s.dev/embedded-ingress", "true"), (own?.Spec.Controller, own?.Metadata.Annotations["ingressclass.kubernetes.io/is-default-class"]));
    }

    [Fact]
    public async Task ClusterWithoutIngress_HasNoClassAndNoAddress()
    {
        await using var cluster = await EmbeddedCluster.StartAsync(new EmbeddedClusterOptions { RunNode = false, RunIngress = false }, Ct);

        Assert.Equal((null, null), (cluster.IngressHttp, cluster.IngressHttps));
        Assert.Empty(cluster.Host.Server.Api.List<V1IngressClass>().Items);
    }
}
