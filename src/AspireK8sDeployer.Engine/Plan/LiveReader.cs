using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>Reads what the cluster has of a deployment: one list for each kind, all at the same time.</summary>
internal sealed class LiveReader(ClusterObjects cluster)
{
    public async Task<LiveObjects> ReadAsync(DeploymentIdentity deployment, CancellationToken cancellationToken)
    {
        var selector = ObjectSelector.OfDeployment(deployment.Name);
        var @namespace = cluster.GetAsync(ObjectKind.Namespace.Id(null, deployment.Namespace), cancellationToken);
        var lists = ObjectKind.Managed.Select(kind => ListAsync(kind, deployment.Namespace, selector, cancellationToken)).ToList();
        await Task.WhenAll([@namespace, .. lists]).ConfigureAwait(false);

        Dictionary<ObjectId, JsonObject> objects = [];
        foreach (var (id, item) in lists.SelectMany(list => list.Result))
        {
            objects[id] = item;
        }

        var inventory = Inventory.IdOf(deployment);
        if (!objects.Remove(inventory, out var secret) && @namespace.Result is not null)
        {
            // One without our labels is in no list, and in the way all the same.
            secret = await cluster.GetAsync(inventory, cancellationToken).ConfigureAwait(false);
        }

        return new LiveObjects
        {
            Namespace = @namespace.Result,
            Objects = objects,
            InventorySecret = secret,
            Inventory = secret is null ? Inventory.New(deployment) : Inventory.Read(deployment, secret),
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

    private async Task<IReadOnlyList<KeyValuePair<ObjectId, JsonObject>>> ListAsync(
        ObjectKind kind, string @namespace, ObjectSelector selector, CancellationToken cancellationToken)
    {
        var list = await cluster.ListAsync(kind, @namespace, selector, cancellationToken).ConfigureAwait(false);
        return [.. list.Items.Select(item => KeyValuePair.Create(kind.Id(@namespace, (string)item["metadata"]!["name"]!), item))];
    }
}
