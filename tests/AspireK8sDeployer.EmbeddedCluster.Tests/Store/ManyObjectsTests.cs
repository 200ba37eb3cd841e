using System.Diagnostics;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Tests.Api;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Store;

public class ManyObjectsTests
{
    private const int Count = 1000;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Says how long things take; what it asserts is that nothing is lost.</summary>
    [Fact]
    public async Task ThousandPods_AreCreatedListedAndWatchedByTen()
    {
        await using var server = await ApiServer.StartAsync(ct: Ct);
        var api = server.Api;
        var from = api.List<V1Pod>().ResourceVersion;
        var watches = Enumerable.Range(0, 10).Select(_ => Task.Run(() => CountAsync(api, from), Ct)).ToList();

        var creating = Stopwatch.StartNew();
        for (var i = 0; i < Count; i++)
        {
            api.Create(Pod($"p{i}"), "test");
        }

        var created = creating.Elapsed;
        var counts = await Task.WhenAll(watches);
        var watched = creating.Elapsed;

        using var client = TestClient.AdminFor(server);
        await client.GetByteArrayAsync("/api/v1/namespaces/default/pods?limit=1", Ct);
        var listing = Stopwatch.StartNew();
        var bytes = await client.GetByteArrayAsync("/api/v1/pods", Ct);
        var listed = listing.Elapsed;

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"created {Count} in {created.TotalMilliseconds:F0} ms, seen by ten watches after {watched.TotalMilliseconds:F0} ms, listed ({bytes.Length / 1024} KiB) in {listed.TotalMilliseconds:F0} ms");
        Assert.All(counts, count => Assert.Equal(Count, count));
        Assert.Equal(Count, api.List<V1Pod>("default").Items.Count);
    }

    private static async Task<int> CountAsync(IClusterApi api, long from)
    {
        var seen = 0;
        await foreach (var _ in api.WatchAsync(api.Resources.Of<V1Pod>(), "default", from, Ct))
        {
            if (++seen == Count)
            {
                break;
            }
        }

        return seen;
    }

    private static V1Pod Pod(string name) => new()
    {
        Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = "default", Labels = new Dictionary<string, string> { ["app"] = "a" } },
        Spec = new V1PodSpec { Containers = [new V1Container { Name = "c", Image = "i", Env = [new V1EnvVar { Name = "A", Value = "1" }] }] },
    };
}
