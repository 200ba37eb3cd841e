using System.Runtime.CompilerServices;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Resources;

namespace AspireK8sDeployer.EmbeddedCluster.Store;

/// <summary>A change as one watcher sees it: with a selector, entering the selection is an addition and leaving it a deletion.</summary>
internal sealed record SelectedChange(WatchEventType Type, StoredObject Object)
{
    public static SelectedChange? Of(Change change, ObjectQuery query)
    {
        var before = change.Before is not null && query.Matches(change.Before);
        var after = !change.IsDeletion && query.Matches(change.After!);
        return (before, after) switch
        {
            (false, true) => new(WatchEventType.Added, change.After!),
            (true, true) => new(WatchEventType.Modified, change.After!),

            // What left the selection is shown as it was in it, at the version of the change.
            (true, false) => new(WatchEventType.Deleted, change.IsDeletion ? change.After! : change.Before!.WithVersion(change.Version)),
            _ => null,
        };
    }
}

/// <summary>Follows the changes of one kind.</summary>
internal static class ChangeFeed
{
    public static ApiException TooOld(long asked, long oldest) =>
        new(410, "Expired", $"too old resource version: {Versions.Text(asked)} ({Versions.Text(oldest)})");

    public static async IAsyncEnumerable<SelectedChange> ReadAsync(
        ObjectStore store, ResourceDefinition resource, ObjectQuery query, long from, [EnumeratorCancellation] CancellationToken ct)
    {
        var shelf = store.ShelfOf(resource);
        var change = shelf.FindStart(from) ?? throw TooOld(from, shelf.Current.OldestVersion);
        while (true)
        {
            change = await change.Next.WaitAsync(ct).ConfigureAwait(false);

            // A version from the future: what comes before it is not news to the watcher.
            if (change.Version > from && SelectedChange.Of(change, query) is { } selected)
            {
                yield return selected;
            }
        }
    }
}
