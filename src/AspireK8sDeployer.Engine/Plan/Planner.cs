using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>Finds out what a deploy would do. Reads and dry-runs only.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="policy">What may be done to what is in the way.</param>
internal sealed class Planner(ClusterObjects cluster, PlanPolicy policy)
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
        OwnershipGuard.CheckInventory(deployment, live);
        OwnershipGuard.CheckApplications(deployment, live);
        if (manifest.Objects.Count == 0)
        {
            throw new DeploymentException("K8SD228", "plan", $"Nothing is to be deployed as {deployment.Namespace}/{deployment.Name}, which would delete all that is", "destroy it if that is meant");
        }

        var obsolete = await Obsolete.FindAsync(cluster, deployment, live, wanted, cancellationToken).ConfigureAwait(false);
        var context = new PlanContext(wanted.Settings, manifest, live, policy);
        var desired = await Task.WhenAll(manifest.Objects.Select(item => _objects.PlanAsync(item, context, cancellationToken))).ConfigureAwait(false);
        return new PreparedPlan
        {
            Deployment = deployment,
            Wanted = wanted,
            Server = cluster.Server.ToString(),
            Objects = [.. desired, .. obsolete.Removed],
            Kept = obsolete.Kept,
            Live = live,
            Warnings = [.. wanted.Warnings, .. await ScalingWarnings.OfAsync(cluster, context, cancellationToken).ConfigureAwait(false), .. obsolete.Warnings],
        };
    }

    // What is in a namespace that is on its way out goes with it: the new one begins with nothing.
    private static LiveObjects AfterItsEnd(LiveObjects live, DeploymentIdentity deployment) => live.NamespaceIsTerminating
        ? live with { Objects = new Dictionary<ObjectId, JsonObject>(), InventorySecret = null, Inventory = Inventory.New(deployment), Releases = [] }
        : live;

    internal static PlannedObject Removal(ObjectId id, JsonObject live) => new(new PlannedChange(ChangeKind.Delete, id, []), null, live);
}
