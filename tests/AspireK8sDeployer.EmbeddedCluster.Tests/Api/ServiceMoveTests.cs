using System.Net;
using AspireK8sDeployer.EmbeddedCluster.Api;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Api;

public sealed class ServiceMoveTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("aspire-k8s-move-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task ServicesOfAnotherNetwork_KeepTheirPlaceInThisOne()
    {
        await using (var first = await StartAsync("127.20.96.0/20"))
        {
            first.Api.Create(Service("plain", "127.20.97.5"), "test");
            first.Api.Create(Service("headless", "None"), "test");
        }

        await using var second = await StartAsync("127.30.96.0/20");

        Assert.Equal(("127.30.97.5", "127.30.97.5"), Addresses(second, "plain"));
        Assert.Equal(("None", "None"), Addresses(second, "headless"));
        var taken = Assert.Throws<ApiException>(() => second.Api.Create(Service("other", "127.30.97.5"), "test"));
        Assert.Equal(422, taken.Code);
    }

    [Fact]
    public async Task ServicesOfTheSameNetwork_StayAsTheyAre()
    {
        string version;
        await using (var first = await StartAsync("127.20.96.0/20"))
        {
            version = first.Api.Create(Service("plain", "127.20.97.5"), "test").ResourceVersion();
        }

        await using var second = await StartAsync("127.20.96.0/20");

        Assert.Equal(version, second.Api.Get<V1Service>("default", "plain")!.ResourceVersion());
    }

    private static (string, string) Addresses(ApiServer server, string name)
    {
        var spec = server.Api.Get<V1Service>("default", name)!.Spec;
        return (spec.ClusterIP, Assert.Single(spec.ClusterIPs));
    }

    private static V1Service Service(string name, string address) => new()
    {
        Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = "default" },
        Spec = new V1ServiceSpec { ClusterIP = address, Ports = [new V1ServicePort { Port = 80 }] },
    };

    private Task<ApiServer> StartAsync(string network) =>
        ApiServer.StartAsync(new ApiServerOptions { StateDirectory = _directory, ServiceCidr = IPNetwork.Parse(network) }, Ct);
}
