using AspireK8sDeployer.EmbeddedCluster.Api;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Api;

public class ClusterApiTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WatchFromAList_SeesEveryChangeAfterIt()
    {
        await using var server = await ApiServer.StartAsync(ct: Ct);
        var api = server.Api;
        var list = api.List<V1ConfigMap>("default");

        var created = api.Create(Map("a", "1"), "test");
        created.Data["k"] = "2";
        api.Update(created, "test");
        api.Delete<V1ConfigMap>("default", "a");

        var seen = new List<string>();
        await foreach (var change in api.WatchAsync<V1ConfigMap>("default", list.ResourceVersion, Ct))
        {
            seen.Add($"{change.Type} {change.Object.Data["k"]}");
            if (seen.Count == 3)
            {
                break;
            }
        }

        Assert.Equal(["Added 1", "Modified 2", "Deleted 2"], seen);
        Assert.Null(api.Get<V1ConfigMap>("default", "a"));
    }

    [Fact]
    public async Task StaleUpdate_IsRefused()
    {
        await using var server = await ApiServer.StartAsync(ct: Ct);
        var first = server.Api.Create(Map("a", "1"), "test");
        first.Data["k"] = "2";
        server.Api.Update(first, "test");

        var failure = Assert.Throws<ApiException>(() => server.Api.Update(first, "test"));

        Assert.Equal((409, "Conflict"), (failure.Code, failure.Reason));
    }

    private static V1ConfigMap Map(string name, string value) => new()
    {
        Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = "default" },
        Data = new Dictionary<string, string> { ["k"] = value },
    };
}
