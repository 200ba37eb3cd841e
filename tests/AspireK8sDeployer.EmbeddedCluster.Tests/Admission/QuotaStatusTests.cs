using AspireK8sDeployer.EmbeddedCluster.Api;
using k8s.Models;
using Microsoft.Extensions.Time.Testing;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Admission;

public sealed class QuotaStatusTests
{
    private const int Created = 200;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ObjectsCreatedWhileUsageIsCounted_AreNotedOnceAndByAdmission()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(60));
        await using var server = await StartAsync(new() { ["count/secrets"] = new("1000") }, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var counting = Task.Run(() => PassAsync(time, stop.Token), Ct);
        await WaitAsync(server, "0");
        var from = server.Api.List<V1ResourceQuota>("default").ResourceVersion;

        for (var i = 0; i < Created; i++)
        {
            server.Api.Create(Secret($"s{i}"), "test");
        }

        var seen = new List<string>();
        await foreach (var change in server.Api.WatchAsync(server.Api.Resources.Of<V1ResourceQuota>(), "default", from, Ct))
        {
            var owner = change.Object["metadata"]!["managedFields"]!.AsArray()
                .Single(entry => entry!["fieldsV1"]!["f:status"]?["f:used"]?["f:count/secrets"] is not null)!;
            seen.Add($"{change.Object["status"]!["used"]!["count/secrets"]} {owner["manager"]}");
            if (seen.Count == Created)
            {
                break;
            }
        }

        await stop.CancelAsync();
        await counting;
        Assert.Equal(Enumerable.Range(1, Created).Select(count => $"{count} kube-apiserver"), seen);
    }

    [Fact]
    public async Task ObjectsThatGo_AreNoLongerCounted()
    {
        await using var server = await StartAsync(new() { ["count/secrets"] = new("1000") });
        await WaitAsync(server, "0");
        server.Api.Create(Secret("a"), "test");
        server.Api.Create(Secret("b"), "test");
        server.Api.Delete<V1Secret>("default", "a");

        await WaitAsync(server, "1");
    }

    [Fact]
    public async Task LimitThatIsAdded_IsCountedToo()
    {
        await using var server = await StartAsync(new() { ["pods"] = new("1") });
        server.Api.Create(Secret("a"), "test");
        var quota = server.Api.Get<V1ResourceQuota>("default", "q")!;
        quota.Metadata.ResourceVersion = null;
        quota.Spec.Hard["count/secrets"] = new("5");
        server.Api.Update(quota, "test");

        await WaitAsync(server, "1");
    }

    private static async Task<ApiServer> StartAsync(Dictionary<string, ResourceQuantity> hard, TimeProvider? time = null)
    {
        var server = await ApiServer.StartAsync(new ApiServerOptions { TimeProvider = time ?? TimeProvider.System }, Ct);
        server.Api.Create(
            new V1ResourceQuota { Metadata = new V1ObjectMeta { Name = "q", NamespaceProperty = "default" }, Spec = new V1ResourceQuotaSpec { Hard = hard } },
            "test");
        return server;
    }

    /// <summary>Lets time pass as fast as it can, so that usage is counted all the time.</summary>
    private static async Task PassAsync(FakeTimeProvider time, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }
    }

    private static V1Secret Secret(string name) => new() { Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = "default" } };

    /// <summary>Waits until the quota says that so many secrets are used.</summary>
    private static async Task WaitAsync(ApiServer server, string secrets)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        var list = server.Api.List<V1ResourceQuota>("default");
        if (Says(list.Items.Single()))
        {
            return;
        }

        await foreach (var change in server.Api.WatchAsync<V1ResourceQuota>("default", list.ResourceVersion, limit.Token))
        {
            if (Says(change.Object))
            {
                return;
            }
        }

        bool Says(V1ResourceQuota quota) => quota.Status?.Used?.TryGetValue("count/secrets", out var used) == true && used.ToString() == secrets;
    }
}
