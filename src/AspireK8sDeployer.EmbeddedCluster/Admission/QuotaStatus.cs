using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.ManagedFields;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Schema;
using AspireK8sDeployer.EmbeddedCluster.Store;

namespace AspireK8sDeployer.EmbeddedCluster.Admission;

/// <summary>Keeps in the status of quotas what is used of them, a moment after it changes.</summary>
internal sealed class QuotaStatus(ServerParts parts)
{
    private const string Controller = "kube-controller-manager";

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly ResourceDefinition _quotas = parts.Table.Kind("v1", "ResourceQuota");

    public async Task RunAsync(CancellationToken ct)
    {
        long seen = -1;
        try
        {
            while (true)
            {
                var version = parts.Store.Version;
                if (version != seen && parts.Store.ShelfOf(_quotas).Objects.Count > 0)
                {
                    Refresh();
                }

                seen = version;
                await Task.Delay(Interval, parts.Time, ct).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    /// <summary>Counts what is used of each limit; what names a kind that is not known is left out.</summary>
    public static JsonObject Used(ObjectStore store, ResourceTable table, string ns, JsonObject hard)
    {
        var used = new JsonObject();
        foreach (var (name, _) in hard)
        {
            if (QuotaUsage.KindOf(table, name) is not { } kind)
            {
                continue;
            }

            var sum = Quantity.FromWhole(0);
            var any = false;
            foreach (var stored in store.ShelfOf(kind).Objects.Values.Where(obj => obj.Namespace == ns))
            {
                var amount = QuotaUsage.Of(name, stored.ToJsonObject());
                sum = any ? sum + amount : amount;
                any = true;
            }

            used[name] = sum.ToString();
        }

        return used;
    }

    private void Refresh()
    {
        foreach (var stored in parts.Store.ShelfOf(_quotas).Objects.Values)
        {
            var quota = stored.ToJsonObject();
            var hard = quota.Object("spec")?.Object("hard") ?? [];
            var used = Used(parts.Store, parts.Table, stored.Namespace, hard);
            var status = quota.ObjectOrNew("status");
            if (JsonValues.Same(status["used"], used) && JsonValues.Same(status["hard"], hard))
            {
                continue;
            }

            var write = new WriteRequest(_quotas, stored.Namespace, stored.Name) { Manager = Controller, Subresource = "status" };
            try
            {
                parts.Updater.Update(write, mayCreate: false, live =>
                {
                    var updated = live!.DeepClone().AsObject();
                    updated["status"] = new JsonObject { ["hard"] = hard.DeepClone(), ["used"] = used };
                    ServerSideApply.TrackUpdate(_quotas, live, updated, write.Manager, write.Subresource, parts.Time.GetUtcNow());
                    return updated;
                });
            }
            catch (ApiException e) when (e.Code == 404)
            {
                // Deleted meanwhile.
            }
        }
    }
}
