using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Plan;

namespace AspireK8sDeployer.Engine.Apply;

/// <summary>
/// Deletes what is ours and no longer desired, once the new state is ready: until then it may be needed to go back.
/// </summary>
internal sealed class Pruner(ClusterObjects cluster)
{
    /// <summary>Returns the objects that stay.</summary>
    public async Task<IReadOnlyList<ObjectId>> PruneAsync(PreparedPlan plan, Action<string> report, CancellationToken cancellationToken)
    {
        // With this rollout the oldest ReplicaSets may have gone, and what only they needed.
        var kept = await new KeptObjects(cluster).AmongAsync(plan.Deployment, plan.Kept, cancellationToken).ConfigureAwait(false);
        var freed = plan.Kept.Except(kept).Select(id => Planner.Removal(id, plan.Live.Objects[id]));
        var removed = plan.Objects.Where(item => item.Kind == ChangeKind.Delete && !Autoscalers.Is(item.Id)).Concat(freed);
        await Task.WhenAll(removed.Select(item => Removal.CarryOutAsync(cluster, item, report, cancellationToken))).ConfigureAwait(false);
        return kept;
    }
}
