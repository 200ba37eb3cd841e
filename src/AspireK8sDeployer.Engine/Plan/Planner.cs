using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Render;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>Finds out what a deploy would do. Reads and dry-runs only.</summary>
internal sealed class Planner(ClusterObjects cluster)
{
    private readonly LiveReader _reader = new(cluster);
    private readonly ObjectPlanner _objects = new(cluster);

    public async Task<PreparedPlan> PlanAsync(DeploymentSettings settings, CancellationToken cancellationToken)
    {
        var deployment = settings.Identity;
        // What there will be does not depend on the salt, but the names of Secrets do, and it is read with the rest.
        var expected = ManifestRenderer.Render(settings, new HashedSecrets([])).Objects.Select(item => item.Id);
        var live = AfterItsEnd(await _reader.ReadAsync(deployment, expected, cancellationToken).ConfigureAwait(false), deployment);
        settings = GeneratedAuthKey.Resolve(settings, live);
        var manifest = ManifestRenderer.Render(settings, new HashedSecrets(live.Inventory.Salt));
        live = await _reader.WithNamesakesAsync(live, manifest.Objects.Select(item => item.Id), cancellationToken).ConfigureAwait(false);
        OwnershipGuard.Check(deployment, live);

        var obsolete = live.Objects.Keys.Except(manifest.Objects.Select(item => item.Id)).ToList();
        var kept = await new KeptObjects(cluster).AmongAsync(deployment, obsolete, cancellationToken).ConfigureAwait(false);
        var context = new PlanContext(settings, manifest, live);
        var desired = await Task.WhenAll(manifest.Objects.Select(item => _objects.PlanAsync(item, context, cancellationToken))).ConfigureAwait(false);
        var (listed, strange) = Split(obsolete.Except(kept), live.Inventory);
        var removed = listed.OrderBy(id => id.ToString(), StringComparer.Ordinal).Select(id => Removal(id, live.Objects[id]));

        return new PreparedPlan
        {
            Deployment = deployment,
            Server = cluster.Server.ToString(),
            Objects = [.. desired, .. removed],
            Kept = kept,
            Live = live,
            Warnings = [.. PlanWarnings.Of(settings, manifest),
                .. kept.Where(KeptObjects.IsClaim).Select(id => $"{id} is not asked for any more. It is kept with what is in it, until the deployment is deleted."),
                .. strange.Select(id => $"{id} carries our labels, but no deploy made it: it is left alone")],
        };
    }

    // What is in a namespace that is on its way out goes with it: the new one begins with nothing.
    private static LiveObjects AfterItsEnd(LiveObjects live, DeploymentIdentity deployment) => live.NamespaceIsTerminating
        ? live with { Objects = new Dictionary<ObjectId, JsonObject>(), InventorySecret = null, Inventory = Inventory.New(deployment) }
        : live;

    // Labels are copied with objects; only what is in the inventory besides was certainly made by a deploy.
    private static (IEnumerable<ObjectId> Listed, IEnumerable<ObjectId> Strange) Split(IEnumerable<ObjectId> obsolete, Inventory inventory)
    {
        var groups = obsolete.ToLookup(inventory.Objects.Contains);
        return (groups[true], groups[false].OrderBy(id => id.ToString(), StringComparer.Ordinal));
    }

    internal static PlannedObject Removal(ObjectId id, JsonObject live) => new(new PlannedChange(ChangeKind.Delete, id, []), null, live);
}
