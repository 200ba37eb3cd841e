using AspireK8sDeployer.Engine.Apply;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Delete;
using AspireK8sDeployer.Engine.Plan;
using AspireK8sDeployer.Engine.Releases;
using AspireK8sDeployer.Engine.Rollback;
using AspireK8sDeployer.Engine.Wait;

namespace AspireK8sDeployer.Engine;

/// <summary>
/// Carries a plan out while the lock is held: noted in inventory and release before, applied, waited for, noted again, and
/// tidied up after. Ended at any point, the next one finds in the cluster how far it was.
/// </summary>
internal sealed class Rollout(ClusterObjects cluster, RolloutWaiter waiter, Action<string, string> report)
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    private readonly Applier _applier = new(cluster);
    private readonly InventoryStore _inventories = new(cluster);
    private readonly ReleaseStore _releases = new(cluster);

    /// <summary>What a roll back may do to what is in the way: what the deploy might.</summary>
    public required PlanPolicy Policy { get; init; }

    /// <summary>Carries it out, and returns what works, but not as one would expect.</summary>
    public async Task<IReadOnlyList<string>> CarryOutAsync(PreparedPlan plan, DeployOrder order, Deadline deadline, CancellationToken cancellationToken)
    {
        var inventory = await _inventories.SaveAsync(plan.Live.Inventory, plan.InventoryDuring, cancellationToken).ConfigureAwait(false);
        var release = await _releases.BeginAsync(plan, order, cancellationToken).ConfigureAwait(false);
        var (applied, warnings) = await ApplyAsync(plan, release, order, deadline, cancellationToken).ConfigureAwait(false);
        if (release is not null)
        {
            release = await _releases.CompleteAsync(release, ReleaseOutcome.Succeeded, failure: null, evidence: null, cancellationToken).ConfigureAwait(false);
        }

        var kept = await _releases.TrimAsync(Among(plan, release), cancellationToken).ConfigureAwait(false);
        var left = await new Pruner(cluster).PruneAsync(plan, kept, Applying, cancellationToken).ConfigureAwait(false);
        await _inventories.SaveAsync(inventory, (plan with { Kept = left }).InventoryWith(applied), cancellationToken).ConfigureAwait(false);
        return warnings;
    }

    private async Task<(IReadOnlyDictionary<ObjectId, string> Applied, IReadOnlyList<string> Warnings)> ApplyAsync(
        PreparedPlan plan, Release? release, DeployOrder order, Deadline deadline, CancellationToken cancellationToken)
    {
        string? awaited = null;
        void Waiting(string message)
        {
            awaited = message;
            report("wait", message);
        }

        try
        {
            var applied = await _applier.ApplyAsync(plan, deadline, Applying, cancellationToken).ConfigureAwait(false);
            var id = ObjectKind.Deployment.Id(plan.Deployment.Namespace, plan.Deployment.Name);
            var known = AppliedObject.Of(_applier.AnswerOf(id) ?? plan.Live.Objects.GetValueOrDefault(id));
            var warnings = await waiter.WaitAsync(plan.Wanted!.Settings, known, deadline.Left, Waiting, cancellationToken).ConfigureAwait(false);
            return (applied, warnings);
        }
        catch (OperationCanceledException)
        {
            if (awaited is not null)
            {
                Applying($"stopped while it was waited for ({awaited}); the cluster goes on with it");
            }

            await TryAsync(release, ReleaseOutcome.Interrupted, failure: null).ConfigureAwait(false);
            throw;
        }
        catch (DeploymentException failure) when (RolloutFailures.Is(failure))
        {
            throw await new FailedRollout(cluster, _releases, this, report).EndAsync(plan, release, order, failure, cancellationToken).ConfigureAwait(false);
        }
        catch (DeploymentException failure)
        {
            await TryAsync(release, ReleaseOutcome.Failed, failure.Message).ConfigureAwait(false);
            throw;
        }
    }

    // Whatever ended it is what the user is told; a record that cannot be completed is found unfinished by the next deploy.
    private async Task TryAsync(Release? release, ReleaseOutcome outcome, string? failure)
    {
        using var patience = new TimeLimit(LastWords, cluster.Time, CancellationToken.None);
        try
        {
            if (release is not null)
            {
                await _releases.CompleteAsync(release, outcome, failure, evidence: null, patience.Token).ConfigureAwait(false);
            }
        }
        catch (Exception unsaid) when (unsaid is ApiFailure or ClusterUnreachableException or DeploymentException or OperationCanceledException)
        {
            report("apply", $"revision {release!.Revision} could not be noted as {outcome.ToString().ToLowerInvariant()}");
        }
    }

    // As they are by now, with the present one.
    private static List<Release> Among(PreparedPlan plan, Release? release) =>
        release is null ? [.. plan.Live.Releases] : [.. plan.Live.Releases.Where(other => other.Revision != release.Revision), release];

    private void Applying(string message) => report("apply", message);
}
