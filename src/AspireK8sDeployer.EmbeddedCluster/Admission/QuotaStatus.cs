using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.ManagedFields;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Schema;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.EmbeddedCluster.Admission;

/// <summary>Keeps in the status of quotas what is used of them, a moment after it changes.</summary>
/// <remarks>
/// Admission notes what a new object uses (<see cref="ResourceQuotas"/>), in one go with storing it; what is left to do here is
/// the status of a new quota, and what becomes free. So that nothing is counted between the two writes of a creation, the count
/// that is written is made while nobody else writes: it never differs from what admission has just noted, and who of the two is
/// faster does not matter.
/// </remarks>
internal sealed partial class QuotaStatus(ServerParts parts)
{
    private const string Controller = "kube-controller-manager";

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly ResourceDefinition _quotas = parts.Table.Kind("v1", "ResourceQuota");
    private readonly ILogger _logger = parts.Options.LoggerFactory.CreateLogger<QuotaStatus>();

    public async Task RunAsync(CancellationToken ct)
    {
        long seen = -1;
        try
        {
            while (true)
            {
                var version = parts.Store.Version;
                if (version == seen || Refresh())
                {
                    seen = version;
                }

                await Task.Delay(Interval, parts.Time, ct).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    /// <summary>True when every quota tells what is used of it.</summary>
    private bool Refresh()
    {
        var all = true;
        foreach (var stored in parts.Store.ShelfOf(_quotas).Objects.Values)
        {
            try
            {
                // First without keeping writers waiting: most changes concern no quota.
                if (!IsCounted(stored.ToJsonObject(), stored.Namespace))
                {
                    Write(stored.Namespace, stored.Name);
                }
            }
            catch (ApiException e) when (e.Code == 404)
            {
                // Deleted meanwhile.
            }
            catch (Exception e)
            {
                LogFailed(_logger, stored.Namespace, stored.Name, e);
                all = false;
            }
        }

        return all;
    }

    private bool IsCounted(JsonObject quota, string ns) => JsonValues.Same(quota["status"], Count(quota, ns));

    private void Write(string ns, string name)
    {
        var write = new WriteRequest(_quotas, ns, name) { Manager = Controller, Subresource = "status" };
        parts.Updater.Update(write, mayCreate: false, live =>
        {
            var updated = live!.DeepClone().AsObject();
            updated["status"] = Count(updated, ns);
            ServerSideApply.TrackUpdate(_quotas, live, updated, write.Manager, write.Subresource, parts.Time.GetUtcNow());
            return updated;
        });
    }

    /// <summary>Counts what is used of each limit; what names a kind that is not known is left out.</summary>
    private JsonObject Count(JsonObject quota, string ns)
    {
        var hard = quota.Object("spec")?.Object("hard") ?? [];
        var used = new JsonObject();
        foreach (var (name, _) in hard)
        {
            if (QuotaUsage.KindOf(parts.Table, name) is { } kind)
            {
                used[name] = QuotaUsage.Total(name, parts.Store, kind, ns).ToString();
            }
        }

        return new JsonObject { ["hard"] = hard.DeepClone(), ["used"] = used };
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What is used of quota {Namespace}/{Quota} could not be written; it is tried again")]
    private static partial void LogFailed(ILogger logger, string @namespace, string quota, Exception exception);
}
