using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>Finds out what a deploy would do. Reads and dry-runs only.</summary>
internal sealed class Planner(ClusterObjects cluster)
{
    private readonly LiveReader _reader = new(cluster);
    private readonly ObjectPlanner _objects = new(cluster);

    public Task<PreparedPlan> PlanAsync(DeploymentSettings settings, CancellationToken cancellationToken) =>
        PlanAsync(new SettingsState(settings), cancellationToken);

    public async Task<PreparedPlan> PlanAsync(IDesiredState state, CancellationToken cancellationToken)
    {
        var deployment = state.Deployment;
        var live = AfterItsEnd(await _reader.ReadAsync(deployment, state.ExpectedObjects, cancellationToken).ConfigureAwait(false), deployment);
        var wanted = state.In(live);
        var manifest = wanted.Manifest;
        live = await _reader.WithNamesakesAsync(live, manifest.Objects.Select(item => item.Id), cancellationToken).ConfigureAwait(false);
        OwnershipGuard.Check(deployment, live);

        var obsolete = live.Objects.Keys.Except(manifest.Objects.Select(item => item.Id)).ToList();
        var kept = await new KeptObjects(cluster).AmongAsync(deployment, obsolete, cancellationToken).ConfigureAwait(false);
        var context = new PlanContext(wanted.Settings, manifest, live);
        var desired = await Task.WhenAll(manifest.Objects.Select(item => _objects.PlanAsync(item, context, cancellationToken))).ConfigureAwait(false);
        var (listed, strange) = Split(obsolete.Except(kept), live.Inventory);
        var removed = listed.OrderBy(id => id.ToString(), StringComparer.Ordinal).Select(id => Removal(id, live.Objects[id]));

        return new PreparedPlan
        {
            Deployment = deployment,
            Wanted = wanted,
            Server = cluster.Server.ToString(),
            Objects = [.. desired, .. removed],
            Kept = kept,
            Live = live,
            Warnings = [.. wanted.Warnings,
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
