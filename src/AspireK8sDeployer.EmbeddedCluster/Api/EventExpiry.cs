using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Api;

/// <summary>Forgets events an hour after they last happened, as a real server does.</summary>
internal sealed class EventExpiry(ServerParts parts)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly ResourceDefinition _events = parts.Table.Kind("v1", "Event");

    public async Task RunAsync(CancellationToken ct)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Interval, parts.Time, ct).ConfigureAwait(false);
                var oldest = parts.Time.GetUtcNow() - Lifetime;
                foreach (var stored in parts.Store.ShelfOf(_events).Objects.Values)
                {
                    if (LastSeen(stored.ToJsonObject()) < oldest)
                    {
                        Delete(stored.Namespace, stored.Name);
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private void Delete(string ns, string name)
    {
        try
        {
            parts.Api.Delete(_events, ns, name);
        }
        catch (ApiException e) when (e.Code == 404)
        {
            // Somebody else was faster.
        }
    }

    private static DateTimeOffset? LastSeen(JsonObject obj) =>
        Metadata.ParseTimestamp(obj.ObjectOrNew("series").TextOf("lastObservedTime"))
        ?? Metadata.ParseTimestamp(obj.TextOf("lastTimestamp"))
        ?? Metadata.ParseTimestamp(obj.MetadataOf().TextOf("creationTimestamp"));
}
