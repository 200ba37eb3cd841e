namespace AspireK8sDeployer.EmbeddedCluster.Store;

/// <summary>
/// One change, linked to the one after it. A watch walks the links at its own pace, so that a hundred of them cost no more
/// than one, and what nobody needs any more is collected.
/// </summary>
internal sealed class Change
{
    private readonly TaskCompletionSource<Change> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Change(long version, StoredObject? before, StoredObject? after)
    {
        Version = version;
        Before = before;
        After = after;
    }

    public long Version { get; }

    /// <summary>The state before; null when the object was created.</summary>
    public StoredObject? Before { get; }

    /// <summary>The state after; for a deletion the last state with the version of the deletion.</summary>
    public StoredObject? After { get; }

    public bool IsDeletion { get; init; }

    /// <summary>Completes when there is a change after this one.</summary>
    public Task<Change> Next => _next.Task;

    public void Link(Change next) => _next.SetResult(next);
}
