using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Plan;
using AspireK8sDeployer.Engine.Releases;

namespace AspireK8sDeployer.Engine.Apply;

/// <summary>
/// Deletes what is ours and no longer desired, once the new state is ready: until then it may be needed to go back.
/// </summary>
internal sealed class Pruner(ClusterObjects cluster)
{
    /// <summary>Returns the objects that stay.</summary>
    /// <param name="plan">The plan, whose objects are ready.</param>
    /// <param name="releases">Those that are still remembered.</param>
    /// <param name="report">Hears what is deleted.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<ObjectId>> PruneAsync(
        PreparedPlan plan, IReadOnlyList<Release> releases, Action<string> report, CancellationToken cancellationToken)
    {
        // With this rollout the oldest ReplicaSets and releases may have gone, and what only they needed.
        var unseen = plan.Kept.Intersect(plan.Live.Unseen).ToList();
        var candidates = plan.Kept.Except(unseen).ToList();
        var needed = await new KeptObjects(cluster).AmongAsync(plan.Deployment, candidates, plan.Live, releases, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<ObjectId> kept = [.. needed, .. unseen];
        var freed = plan.Kept.Except(kept).Select(id => Planner.Removal(id, plan.Live.Objects[id]));
        var removed = plan.Objects.Where(item => item.Kind == ChangeKind.Delete && !Autoscalers.Is(item.Id)).Concat(freed);
        await Task.WhenAll(removed.Select(item => Removal.CarryOutAsync(cluster, item, report, cancellationToken))).ConfigureAwait(false);
        return kept;
    }
}
