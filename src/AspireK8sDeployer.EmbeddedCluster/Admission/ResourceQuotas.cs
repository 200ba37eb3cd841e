using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.ManagedFields;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Schema;
using AspireK8sDeployer.EmbeddedCluster.Store;

namespace AspireK8sDeployer.EmbeddedCluster.Admission;

/// <summary>Refuses what would take a namespace beyond its quotas. Usage is counted from what is stored, so that it is never behind.</summary>
internal sealed class ResourceQuotas(ObjectStore store, ResourceTable table, Func<Updater> updater, TimeProvider time) : IAdmissionPlugin
{
    private readonly ResourceDefinition _quotas = table.Kind("v1", "ResourceQuota");

    public void Validate(AdmissionRequest request)
    {
        var write = request.Write;
        if (!request.IsMain || !write.Resource.Namespaced || request.Object is not { } obj || (request.Old is not null && !request.IsCore("Service")))
        {
            return;
        }

        foreach (var stored in store.ShelfOf(_quotas).Objects.Values.Where(quota => quota.Namespace == write.Namespace))
        {
            var spec = stored.ToJsonObject().Object("spec");
            if (spec is not null && !spec.Objects("scopes").Any() && spec.Object("scopeSelector") is null)
            {
                Check(request, obj, stored.Name, spec.Object("hard") ?? []);
            }
        }
    }

    private void Check(AdmissionRequest request, JsonObject obj, string quota, JsonObject hard)
    {
        var relevant = hard.Where(limit => QuotaUsage.KindOf(table, limit.Key) == request.Write.Resource.Storage)
            .OrderBy(limit => limit.Key, StringComparer.Ordinal).ToList();
        var silent = request.IsCore("Pod")
            ? relevant.Select(limit => (limit.Key, Containers: QuotaUsage.Silent(limit.Key, obj))).Where(s => s.Containers.Count > 0).ToList()
            : [];
        if (silent.Count > 0)
        {
            var names = silent.Select(s => $"{s.Key} for: {string.Join(',', s.Containers)}");
            throw ApiException.Forbidden(request.Write.Resource, request.Write.Name, $"failed quota: {quota}: must specify {string.Join("; ", names)}");
        }

        List<string> requested = [], used = [], limited = [];
        var after = new JsonObject();
        foreach (var (name, limit) in relevant)
        {
            var wanted = QuotaUsage.Of(name, obj);
            if (request.Old is { } old)
            {
                wanted -= QuotaUsage.Of(name, old);
            }

            var before = QuotaUsage.Total(name, store, request.Write.Resource, request.Write.Namespace);
            if (wanted.Sign <= 0)
            {
                continue; // what becomes free is noted by the one who counts: QuotaStatus
            }

            after[name] = (before + wanted).ToString();
            if ((before + wanted).CompareTo(Quantity.Parse(limit!.ToString())) > 0)
            {
                requested.Add($"{name}={wanted}");
                used.Add($"{name}={before}");
                limited.Add($"{name}={limit}");
            }
        }

        if (requested.Count > 0)
        {
            throw ApiException.Forbidden(
                request.Write.Resource,
                request.Write.Name,
                $"exceeded quota: {quota}, requested: {string.Join(',', requested)}, used: {string.Join(',', used)}, limited: {string.Join(',', limited)}");
        }

        if (after.Count > 0 && !request.Write.DryRun)
        {
            Note(request.Write.Namespace, quota, after);
        }
    }

    /// <summary>Writes down at once what is used now, if somebody has begun to.</summary>
    private void Note(string ns, string quota, JsonObject used)
    {
        var write = new WriteRequest(_quotas, ns, quota) { Manager = "kube-apiserver", Subresource = "status" };
        updater().Update(write, mayCreate: false, live =>
        {
            var updated = live!.DeepClone().AsObject();
            if (updated.Object("status")?.Object("used") is { } noted)
            {
                foreach (var (name, amount) in used)
                {
                    noted[name] = amount!.DeepClone();
                }

                ServerSideApply.TrackUpdate(_quotas, live, updated, write.Manager, write.Subresource, time.GetUtcNow());
            }

            return updated;
        });
    }
}
