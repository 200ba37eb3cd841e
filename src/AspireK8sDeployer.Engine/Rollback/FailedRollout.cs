using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Delete;
using AspireK8sDeployer.Engine.Plan;
using AspireK8sDeployer.Engine.Releases;

namespace AspireK8sDeployer.Engine.Rollback;

/// <summary>
/// Ends a rollout that failed: keeps what there is to be seen of it, before anything goes, and puts the last good state back
/// when that was asked for. The failure stays the failure; how the roll back went is told after it.
/// </summary>
internal sealed class FailedRollout(ClusterObjects cluster, ReleaseStore releases, Rollout rollout, Action<string, string> report)
{
    private const int MostAttempts = 3;

    private readonly EvidenceReader _evidence = new(cluster);

    /// <summary>The failure to throw.</summary>
    public async Task<DeploymentException> EndAsync(
        PreparedPlan plan, Release? release, DeployOrder order, DeploymentException failure, CancellationToken cancellationToken)
    {
        if (release is null)
        {
            return failure;
        }

        var evidence = await _evidence.ReadAsync(plan.Wanted!.Settings, cancellationToken).ConfigureAwait(false);
        release = await RecordAsync(release, failure, evidence, cancellationToken).ConfigureAwait(false);
        if (!order.RollsBackOnFailure)
        {
            return failure;
        }

        if (RollbackTarget.LastGood(plan.Live.Releases.Where(other => other.Revision != release.Revision)) is not { } good)
        {
            return With(failure, "there is no earlier revision to go back to: what was applied is left for you to look at");
        }

        report("rollback", $"{failure.Problem.Split('\n')[0]}; goes back to revision {good.Revision}");
        if (await TryRollBackAsync(good, plan.Wanted.Settings.DeployTimeout, cancellationToken).ConfigureAwait(false) is { } second)
        {
            return With(failure, $"the roll back to revision {good.Revision} failed as well: {second.Replace("\n", "\n    ", StringComparison.Ordinal)}");
        }

        var info = release.Info with { Outcome = ReleaseOutcome.RolledBack, RolledBackTo = good.Revision };
        await releases.SaveAsync(release with { Info = info }, cancellationToken).ConfigureAwait(false);
        return With(failure, $"rolled back to revision {good.Revision} ({good.Info.Image}), which is ready again");
    }

    private async Task<Release> RecordAsync(Release release, DeploymentException failure, byte[]? evidence, CancellationToken cancellationToken)
    {
        try
        {
            return await releases.CompleteAsync(release, ReleaseOutcome.Failed, failure.Message, evidence, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception unsaid) when (unsaid is ApiFailure or ClusterUnreachableException)
        {
            report("rollback", $"revision {release.Revision} could not be noted as failed: {unsaid.Message}");
            return release;
        }
    }

    // Why it failed; null when it did not.
    private async Task<string?> TryRollBackAsync(Release good, TimeSpan timeout, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var order = new DeployOrder(RecordedState.Of(good), timeout) { RollbackOf = good.Revision };
                var plan = await new Planner(cluster, rollout.Policy).PlanAsync(order.State, cancellationToken).ConfigureAwait(false);
                if (plan.Public.ToException() is { } refusal)
                {
                    return refusal.Problem;
                }

                await rollout.CarryOutAsync(plan, order, new Deadline(cluster.Time, timeout), cancellationToken).ConfigureAwait(false);
                return null;
            }
            catch (ApiFailure failure) when ((failure.IsStale || failure.IsAlreadyThere || failure.IsFieldConflict) && attempt < MostAttempts)
            {
                report("rollback", $"{failure.Subject} has changed since the plan was made; plans again");
            }
            catch (Exception failure) when (failure is ApiFailure or ClusterUnreachableException)
            {
                return failure.Message;
            }
            catch (DeploymentException failure)
            {
                return failure.Problem;
            }
        }
    }

    private static DeploymentException With(DeploymentException failure, string outcome) =>
        new(failure.Code, failure.Stage, $"{failure.Problem}\n  {outcome}", failure.Fix, failure.InnerException) { Reason = failure.Reason };
}
