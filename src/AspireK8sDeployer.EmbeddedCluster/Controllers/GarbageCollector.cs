using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.EmbeddedCluster.Controllers;

/// <summary>
/// Deletes what has lost its owners, and carries out the deletions that wait for dependents (foreground) or leave them
/// alone (orphan). It works on every kind, custom ones included.
/// </summary>
internal sealed partial class GarbageCollector
{
    private const string Foreground = "foregroundDeletion";
    private const string Orphan = "orphan";
    private const string Manager = "kube-controller-manager";
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a kind that is gone is still followed: the end of its last objects may not have been heard of yet.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly ControllerContext _context;
    private readonly WorkQueue<Item> _queue;
    private readonly Dictionary<ResourceDefinition, CancellationTokenSource> _watches = [];
    private CancellationToken _stopping;

    public GarbageCollector(ControllerContext context)
    {
        _context = context;
        _queue = new WorkQueue<Item>(context.Time);
        context.Hub.Subscribe<V1CustomResourceDefinition>((_, _) => WatchNewKinds());
    }

    private IClusterApi Api => _context.Api;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _stopping = cancellationToken;
        WatchNewKinds();
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var item = await _queue.TakeAsync(cancellationToken).ConfigureAwait(false);
                Work(item);
                _queue.Done(item);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private void Work(Item item)
    {
        try
        {
            Collect(item);
        }
        catch (ApiException e) when (e.Code is 404 or 409)
        {
            _queue.AddAfter(item, Retry);
        }
        catch (Exception e)
        {
            LogFailed(_context.Logger, item.Resource.GroupResource, item.Name, e);
            _queue.AddAfter(item, TimeSpan.FromSeconds(5));
        }
    }

    private void WatchNewKinds()
    {
        if (_stopping == default)
        {
            return; // it has not begun yet; RunAsync looks at all kinds
        }

        lock (_watches)
        {
            var kinds = Kinds().ToArray();
            foreach (var kind in kinds.Where(kind => !_watches.ContainsKey(kind)))
            {
                var stop = _watches[kind] = CancellationTokenSource.CreateLinkedTokenSource(_stopping);
                _ = Task.Run(() => FollowAsync(kind, stop), CancellationToken.None);
            }

            foreach (var gone in _watches.Keys.Except(kinds).ToArray())
            {
                _watches.Remove(gone, out var stop);
                stop!.CancelAfter(Farewell);
            }
        }
    }

    private IEnumerable<ResourceDefinition> Kinds() => Api.Resources.All
        .Where(resource => resource.StoredAs is null && resource.Verbs.Contains("watch") && resource is not { Group: "", Plural: "events" });

    private async Task FollowAsync(ResourceDefinition resource, CancellationTokenSource stop)
    {
        var cancellationToken = stop.Token;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var list = Api.List(resource);
                foreach (var obj in list.Items)
                {
                    Notice(resource, obj, deleted: false);
                }

                await foreach (var change in Api.WatchAsync(resource, null, list.ResourceVersion, cancellationToken).ConfigureAwait(false))
                {
                    Notice(resource, change.Object, change.Type == WatchEventType.Deleted);
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // 410 when the watch fell behind; for whatever else, listing again is the remedy too.
                LogWatchEnded(_context.Logger, resource.GroupResource, e.Message);
                await Task.Delay(Retry, _context.Time, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private void Notice(ResourceDefinition resource, JsonObject obj, bool deleted)
    {
        var metadata = obj["metadata"]!.AsObject();
        var item = new Item(resource, Text(metadata, "namespace"), Text(metadata, "name"));
        if (deleted)
        {
            foreach (var dependent in DependentsOf(Text(metadata, "uid"), item.Namespace))
            {
                _queue.Add(dependent.Item);
            }

            foreach (var owner in OwnersOf(metadata))
            {
                if (Find(owner, Text(metadata, "namespace")) is { } found)
                {
                    _queue.Add(found.Item);
                }
            }
        }
        else if (metadata["ownerReferences"] is JsonArray { Count: > 0 } || metadata["deletionTimestamp"] is not null)
        {
            _queue.Add(item);
        }
    }

    private void Collect(Item item)
    {
        if (Api.Get(item.Resource, item.Namespace, item.Name) is not { } obj)
        {
            return;
        }

        var metadata = obj["metadata"]!.AsObject();
        var finalizers = (metadata["finalizers"] as JsonArray ?? []).Select(finalizer => finalizer!.GetValue<string>()).ToArray();
        if (metadata["deletionTimestamp"] is null)
        {
            CollectIfOwnerless(item, metadata);
        }
        else if (finalizers.Contains(Orphan))
        {
            foreach (var dependent in DependentsOf(Text(metadata, "uid"), item.Namespace))
            {
                RemoveOwner(dependent, Text(metadata, "uid"));
            }

            RemoveFinalizer(item, obj, Orphan);
        }
        else if (finalizers.Contains(Foreground))
        {
            DeleteDependents(item, obj);
        }
    }

    private void CollectIfOwnerless(Item item, JsonObject metadata)
    {
        var owners = OwnersOf(metadata).ToArray();
        if (owners.Length == 0)
        {
            return;
        }

        var states = owners.Select(owner => (Owner: owner, State: StateOf(owner, item.Namespace))).ToArray();
        var lost = states.Where(entry => entry.State is OwnerState.Gone or OwnerState.WaitsForDependents).ToArray();
        if (lost.Length == 0)
        {
            return;
        }

        if (lost.Length < states.Length)
        {
            // Somebody still owns it; the references to the others go.
            var obj = Api.Get(item.Resource, item.Namespace, item.Name)!;
            foreach (var (owner, _) in lost)
            {
                RemoveOwner(new Dependent(item, obj), Text(owner, "uid"));
            }

            return;
        }

        var waitedFor = states.Any(entry => entry.State == OwnerState.WaitsForDependents && entry.Owner["blockOwnerDeletion"]?.GetValue<bool>() == true);
        var hasDependents = waitedFor && DependentsOf(Text(metadata, "uid"), item.Namespace).Any();
        Api.Delete(item.Resource, item.Namespace, item.Name, new DeleteOptions
        {
            PropagationPolicy = hasDependents ? "Foreground" : "Background",
            Uid = Text(metadata, "uid"),
        });
    }

    private void DeleteDependents(Item item, JsonObject obj)
    {
        var uid = Text(obj["metadata"]!.AsObject(), "uid");
        var dependents = DependentsOf(uid, item.Namespace).ToArray();
        foreach (var dependent in dependents.Where(dependent => dependent.Object["metadata"]!["deletionTimestamp"] is null))
        {
            _queue.Add(dependent.Item);
        }

        var blocking = dependents.Any(dependent => OwnersOf(dependent.Object["metadata"]!.AsObject())
            .Any(owner => Text(owner, "uid") == uid && owner["blockOwnerDeletion"]?.GetValue<bool>() == true));
        if (!blocking)
        {
            RemoveFinalizer(item, obj, Foreground);
        }
    }

    private void RemoveOwner(Dependent dependent, string uid)
    {
        var references = dependent.Object["metadata"]!["ownerReferences"]!.AsArray();
        var kept = references.Where(reference => reference?["uid"]?.GetValue<string>() != uid).Select(reference => reference?.DeepClone()).ToArray();
        dependent.Object["metadata"]!["ownerReferences"] = new JsonArray(kept);
        if (kept.Length == 0)
        {
            dependent.Object["metadata"]!.AsObject().Remove("ownerReferences");
        }

        Api.Update(dependent.Item.Resource, dependent.Object, Manager);
    }

    private void RemoveFinalizer(Item item, JsonObject obj, string finalizer)
    {
        var finalizers = obj["metadata"]!["finalizers"]!.AsArray();
        obj["metadata"]!["finalizers"] = new JsonArray([.. finalizers.Where(entry => entry?.GetValue<string>() != finalizer).Select(entry => entry?.DeepClone())]);
        Api.Update(item.Resource, obj, Manager);
    }

    private OwnerState StateOf(JsonObject owner, string space)
    {
        if (Kind(owner) is not { } kind || (kind.Namespaced && space.Length == 0))
        {
            return OwnerState.Unknown; // a kind that is not served (now) is no reason to delete anything
        }

        if (Find(owner, space) is not { } found)
        {
            return OwnerState.Gone;
        }

        var metadata = found.Object["metadata"]!.AsObject();
        var waits = metadata["deletionTimestamp"] is not null
            && (metadata["finalizers"] as JsonArray ?? []).Any(finalizer => finalizer!.GetValue<string>() == Foreground);
        return waits ? OwnerState.WaitsForDependents : OwnerState.There;
    }

    private Dependent? Find(JsonObject owner, string space)
    {
        if (Kind(owner) is not { } kind)
        {
            return null;
        }

        var item = new Item(kind, kind.Namespaced ? space : "", Text(owner, "name"));
        return Api.Get(kind, item.Namespace, item.Name) is { } obj && Text(obj["metadata"]!.AsObject(), "uid") == Text(owner, "uid")
            ? new Dependent(item, obj)
            : null;
    }

    private ResourceDefinition? Kind(JsonObject owner)
    {
        var version = Text(owner, "apiVersion").Split('/');
        return Api.Resources.FindKind(version.Length == 2 ? version[0] : "", version[^1], Text(owner, "kind"));
    }

    /// <summary>Those that name the owner and can: from another namespace it is not seen.</summary>
    private IEnumerable<Dependent> DependentsOf(string uid, string space) =>
        from dependent in Api.DependentsOf(uid)
        let metadata = dependent.Object["metadata"]!.AsObject()
        let item = new Item(dependent.Resource, Text(metadata, "namespace"), Text(metadata, "name"))
        where space.Length == 0 || item.Namespace == space
        select new Dependent(item, dependent.Object);

    private static IEnumerable<JsonObject> OwnersOf(JsonObject metadata) => (metadata["ownerReferences"] as JsonArray ?? []).OfType<JsonObject>();

    private static string Text(JsonObject obj, string field) => obj[field]?.GetValue<string>() ?? "";

    [LoggerMessage(Level = LogLevel.Warning, Message = "Could not collect {Kind} {Name}")]
    private static partial void LogFailed(ILogger logger, string kind, string name, Exception exception);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The watch of {Kind} ended and starts again: {Problem}")]
    private static partial void LogWatchEnded(ILogger logger, string kind, string problem);

    private enum OwnerState
    {
        There,
        Gone,
        WaitsForDependents,
        Unknown,
    }

    private sealed record Item(ResourceDefinition Resource, string Namespace, string Name);

    private sealed record Dependent(Item Item, JsonObject Object);
}
