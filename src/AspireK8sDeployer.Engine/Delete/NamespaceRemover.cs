using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Delete;

/// <summary>Removes the namespace, only if we made it and nothing is left in it.</summary>
internal sealed class NamespaceRemover(ClusterObjects cluster)
{
    private readonly DeletionWait _wait = DeletionWait.OfDelete(cluster);
    private readonly NamespaceContent _content = new(cluster);

    /// <summary>Whether it was removed, and what to tell if it was not though it is ours.</summary>
    public async Task<(bool Removed, string? Warning)> RemoveAsync(JsonObject @namespace, Deadline deadline, Action<string> report, CancellationToken cancellationToken)
    {
        var metadata = (JsonObject)@namespace["metadata"]!;
        var id = ObjectKind.Namespace.Id(null, (string)metadata["name"]!);
        var uid = (string)metadata["uid"]!;
        if (metadata["deletionTimestamp"] is not null)
        {
            // An earlier delete was ended while it waited.
            await _wait.UntilGoneAsync(id, uid, deadline, report, cancellationToken).ConfigureAwait(false);
            return (true, null);
        }

        if ((string?)metadata["labels"]?[Names.CreatedNamespaceLabel] != "true" || (string?)metadata["labels"]?[Names.ManagedByLabel] != Names.FieldManager)
        {
            return (false, null);
        }

        try
        {
            var left = await _content.SomeAsync(id.Name, cancellationToken).ConfigureAwait(false);
            if (left.Count > 0)
            {
                return (false, $"{id} is kept: there is more in it ({string.Join(", ", left)})");
            }
        }
        catch (ApiFailure failure)
        {
            return (false, $"{id} is kept: what is in it cannot be known ({failure.Message})");
        }

        await cluster.DeleteAsync(id, uid, foreground: false, cancellationToken).ConfigureAwait(false);
        await _wait.UntilGoneAsync(id, uid, deadline, report, cancellationToken).ConfigureAwait(false);
        report($"{id} deleted");
        return (true, null);
    }
}
