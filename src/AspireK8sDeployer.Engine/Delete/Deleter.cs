using AspireK8sDeployer.Engine.Apply;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Plan;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Delete;

/// <summary>
/// A plan with nothing desired, carried out: wave by wave, each to its end, the inventory last, so that a delete that was
/// killed goes on where it stopped.
/// </summary>
internal sealed class Deleter(ClusterObjects cluster, TimeSpan patience)
{
    private readonly LiveReader _reader = new(cluster);
    private readonly DeletionWait _wait = DeletionWait.OfDelete(cluster);
    private readonly NamespaceRemover _namespace = new(cluster);

    public async Task<DeletionResult> DeleteAsync(DeploymentIdentity deployment, Action<string, string> report, CancellationToken cancellationToken)
    {
        var deadline = new Deadline(cluster.Time, patience);
        var live = await _reader.ReadAsync(deployment, cancellationToken).ConfigureAwait(false);
        OwnershipGuard.Check(deployment, live);
        var plan = Plan(deployment, live);
        // In a namespace that is on its way out everything goes with it, and nothing can be locked any more.
        if (!live.NamespaceIsTerminating && (plan.Objects.Count > 0 || live.Inventory.ResourceVersion is not null))
        {
            await RemoveAsync(plan, deadline, message => report("delete", message), cancellationToken).ConfigureAwait(false);
        }

        var (removed, warning) = live.HasNamespace
            ? await _namespace.RemoveAsync(live.Namespace!, deadline, message => report("delete", message), cancellationToken).ConfigureAwait(false)
            : (false, null);
        return new DeletionResult(plan.Public, removed, warning is null ? [] : [warning]);
    }

    private PreparedPlan Plan(DeploymentIdentity deployment, LiveObjects live) => new()
    {
        Deployment = deployment,
        Server = cluster.Server.ToString(),
        Objects =
        [
            .. live.Objects
                .Where(item => IsOurs(item.Key, live.Inventory))
                .OrderBy(item => item.Key.ToString(), StringComparer.Ordinal)
                .Select(item => Planner.Removal(item.Key, item.Value)),
        ],
        Kept = [],
        Live = live,
    };

    // Labels are copied with objects; where the inventory is lost they are all there is to go by.
    private static bool IsOurs(ObjectId id, Inventory inventory) => inventory.ResourceVersion is null || inventory.Objects.Contains(id);

    private async Task RemoveAsync(PreparedPlan plan, Deadline deadline, Action<string> report, CancellationToken cancellationToken)
    {
        var held = await new DeployLock(cluster).AcquireAsync(plan.Deployment, report, cancellationToken).ConfigureAwait(false);
        await using (held.ConfigureAwait(false))
        {
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, held.Lost);
            foreach (var wave in Waves.ToDelete(plan.Objects))
            {
                await Task.WhenAll(wave.Select(item => RemoveAsync(item, deadline, report, both.Token))).ConfigureAwait(false);
            }

            // With it goes the renewal; nobody else can have taken it since it was looked at.
            await held.DeleteAsync(cancellationToken).ConfigureAwait(false);
            await RemoveInventoryAsync(plan, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RemoveAsync(PlannedObject item, Deadline deadline, Action<string> report, CancellationToken cancellationToken)
    {
        // The Deployment goes after its pods, so that its end is theirs.
        var foreground = item.Id.Kind == ObjectKind.Deployment.Kind;
        if (await cluster.DeleteAsync(item.Id, item.Uid!, foreground, cancellationToken).ConfigureAwait(false))
        {
            await _wait.UntilGoneAsync(item.Id, item.Uid!, deadline, report, cancellationToken).ConfigureAwait(false);
            report($"{item.Id} deleted");
        }
    }

    private async Task RemoveInventoryAsync(PreparedPlan plan, CancellationToken cancellationToken)
    {
        var id = plan.Live.Inventory.Id;
        if (await cluster.GetAsync(id, cancellationToken).ConfigureAwait(false) is { } secret)
        {
            await cluster.DeleteAsync(id, (string)secret["metadata"]!["uid"]!, foreground: false, cancellationToken).ConfigureAwait(false);
        }
    }
}
