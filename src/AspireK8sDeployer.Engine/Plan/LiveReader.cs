using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Releases;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>
/// Reads what the cluster has of a deployment: one list for each kind that it consists of, or did, all at the same time.
/// </summary>
internal sealed class LiveReader(ClusterObjects cluster)
{
    /// <summary>Reads for a plan of these objects.</summary>
    public async Task<LiveObjects> ReadAsync(DeploymentIdentity deployment, IEnumerable<ObjectId> desired, CancellationToken cancellationToken)
    {
        var ids = desired.Where(id => id.Namespace is not null).ToList();
        if (await cluster.Kinds.ResolveAsync(ids, cancellationToken).ConfigureAwait(false) is [var missing, ..])
        {
            throw MissingKind.Of(missing, cluster.Server);
        }

        var kinds = ids.Select(cluster.Kinds.Of).Distinct().ToList();
        if (kinds.Find(kind => !kind.Namespaced) is { } ofCluster)
        {
            throw MissingKind.OfCluster(ofCluster, cluster.Server);
        }

        return await ReadAsync(deployment, ObjectKind.Always.Union(kinds).ToList(), everything: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads for a delete: where no inventory tells what there is, all that could be.</summary>
    public Task<LiveObjects> ReadAsync(DeploymentIdentity deployment, CancellationToken cancellationToken) =>
        ReadAsync(deployment, ObjectKind.Always, everything: true, cancellationToken);

    private async Task<LiveObjects> ReadAsync(DeploymentIdentity deployment, IReadOnlyList<ObjectKind> kinds, bool everything, CancellationToken cancellationToken)
    {
        var @namespace = cluster.NamespaceAsync(deployment.Namespace, cancellationToken);
        var lists = Task.WhenAll(kinds.Select(kind => ListAsync(kind, deployment, cancellationToken)));
        await Task.WhenAll([@namespace, lists]).ConfigureAwait(false);
        var objects = (await lists.ConfigureAwait(false)).SelectMany(list => list).ToDictionary();

        var releases = objects.Where(item => ReleaseSecret.Is(deployment, item.Key)).ToList();
        releases.ForEach(item => objects.Remove(item.Key));

        var inventory = Inventory.IdOf(deployment);
        if (!objects.Remove(inventory, out var secret) && await @namespace.ConfigureAwait(false) is not null)
        {
            // One without our labels is in no list, and in the way all the same.
            secret = await cluster.GetAsync(inventory, cancellationToken).ConfigureAwait(false);
        }

        var kept = secret is null ? Inventory.New(deployment) : Inventory.Read(deployment, secret);
        var further = secret is null && everything ? ObjectKind.Optional.Append(ObjectKind.Claim).ToList() : [];
        var (known, unseen) = await FindKindsAsync(kept.Objects, mustBeSeen: everything, cancellationToken).ConfigureAwait(false);
        var more = await Task.WhenAll(further.Union(known).Except(kinds).Select(async kind =>
            (Kind: kind, Items: await TryListAsync(kind, deployment, mustBeSeen: everything && secret is not null, cancellationToken).ConfigureAwait(false)))).ConfigureAwait(false);
        foreach (var (id, item) in more.SelectMany(list => list.Items ?? []))
        {
            objects[id] = item;
        }

        var refused = more.Where(list => list.Items is null).Select(list => list.Kind).ToHashSet();
        return new LiveObjects
        {
            Namespace = await @namespace.ConfigureAwait(false),
            Objects = objects,
            InventorySecret = secret,
            Inventory = kept,
            Unseen = [.. unseen, .. kept.Objects.Except(unseen).Where(id => cluster.Kinds.Find(id) is { } kind && refused.Contains(kind))],
            Releases = [.. releases.Select(item => ReleaseSecret.Read(deployment, item.Value)).OfType<Release>().OrderBy(release => release.Revision)],
        };
    }

    /// <summary>Adds the objects that have a desired name but not our label: they are somebody else's.</summary>
    public async Task<LiveObjects> WithNamesakesAsync(LiveObjects live, IEnumerable<ObjectId> desired, CancellationToken cancellationToken)
    {
        if (!live.HasNamespace || live.NamespaceIsTerminating)
        {
            return live;
        }

        var missing = desired.Where(id => id.Namespace is not null && !live.Objects.ContainsKey(id)).ToList();
        var found = await Task.WhenAll(missing.Select(id => cluster.GetAsync(id, cancellationToken))).ConfigureAwait(false);
        var objects = live.Objects.ToDictionary();
        foreach (var (id, item) in missing.Zip(found))
        {
            if (item is not null)
            {
                objects[id] = item;
            }
        }

        return live with { Objects = objects };
    }

    private async Task<IReadOnlyList<KeyValuePair<ObjectId, JsonObject>>> ListAsync(ObjectKind kind, DeploymentIdentity deployment, CancellationToken cancellationToken)
    {
        try
        {
            var items = await cluster.ListOfAsync(kind, deployment, cancellationToken).ConfigureAwait(false);
            return
            [
                .. items.Where(item => !IsMadeByAnother(item))
                    .Select(item => KeyValuePair.Create(kind.Id(deployment.Namespace, (string)item["metadata"]!["name"]!), item)),
            ];
        }
        catch (ApiFailure failure) when (failure.IsNotFound)
        {
            throw MissingKind.Of(kind, cluster.Server, failure);
        }
    }

    // The kinds of what is listed. One that the cluster has no longer has no objects either; one that cannot be asked for now
    // may well have some.
    private async Task<(IReadOnlyList<ObjectKind> Known, IReadOnlyList<ObjectId> Unseen)> FindKindsAsync(
        IReadOnlyList<ObjectId> listed, bool mustBeSeen, CancellationToken cancellationToken)
    {
        List<ObjectId> unseen = [];
        List<ObjectId> gone = [];
        foreach (var group in listed.GroupBy(id => id.ApiVersion))
        {
            try
            {
                gone.AddRange(await cluster.Kinds.ResolveAsync(group, cancellationToken).ConfigureAwait(false));
            }
            catch (ApiFailure) when (!mustBeSeen)
            {
                unseen.AddRange(group);
            }
        }

        return ([.. listed.Except(gone).Except(unseen).Select(cluster.Kinds.Of).Distinct()], unseen);
    }

    // What is not wanted any more, and may not be looked at; null when it is not known what there is.
    private async Task<IReadOnlyList<KeyValuePair<ObjectId, JsonObject>>?> TryListAsync(
        ObjectKind kind, DeploymentIdentity deployment, bool mustBeSeen, CancellationToken cancellationToken)
    {
        try
        {
            return await ListAsync(kind, deployment, cancellationToken).ConfigureAwait(false);
        }
        catch (DeploymentException failure) when (failure.Code == MissingKind.Code)
        {
            return [];
        }
        catch (ApiFailure) when (!mustBeSeen)
        {
            return null;
        }
    }

    // KEDA's autoscaler has the labels of our ScaledObject, and goes with it.
    private static bool IsMadeByAnother(JsonObject item) =>
        (item["metadata"]?["ownerReferences"] as JsonArray ?? []).Any(owner => (bool?)owner?["controller"] == true);
}
