using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Plan;

namespace AspireK8sDeployer.Engine.Releases;

/// <summary>Writes releases. Only the holder of the deploy lock does, so nobody else writes the same one.</summary>
internal sealed class ReleaseStore(ClusterObjects cluster)
{
    private const int MostAttempts = 3;
    private const int LargestEvidence = 200 * 1024;

    /// <summary>
    /// Records that a deploy begins, before it writes anything else. One that was ended with the same objects is gone on with;
    /// where nothing changes and nothing is unfinished there is nothing to record.
    /// </summary>
    public async Task<Release?> BeginAsync(PreparedPlan plan, DeployOrder order, CancellationToken cancellationToken)
    {
        var latest = plan.Live.LatestRelease;
        var resumes = latest is not null && Resumes(plan, latest);
        // Nobody but us can be at work now: whoever was has ended without a word.
        var dead = plan.Live.Releases.Where(release => release.Outcome == ReleaseOutcome.Pending && !(resumes && release == latest));
        await Task.WhenAll(dead.Select(release => SaveAsync(release.With(ReleaseOutcome.Interrupted), cancellationToken))).ConfigureAwait(false);
        if (resumes)
        {
            return latest!.Outcome == ReleaseOutcome.Pending ? latest : await SaveAsync(latest.With(ReleaseOutcome.Pending), cancellationToken).ConfigureAwait(false);
        }

        if (!plan.Public.HasChanges)
        {
            return null;
        }

        var release = NewRelease.Of(plan, order, (latest?.Revision ?? 0) + 1, Author, cluster.Time.GetUtcNow());
        var answer = await cluster.CreateAsync(release.Id, ReleaseSecret.Write(release), cancellationToken).ConfigureAwait(false);
        return Versioned(release, answer);
    }

    /// <summary>Whether the plan is what an unfinished release was about.</summary>
    public static bool IsUnfinished(PreparedPlan plan) =>
        plan.Live.LatestRelease is { } latest && (latest.Outcome == ReleaseOutcome.Pending || Resumes(plan, latest));

    public Task<Release> CompleteAsync(Release release, ReleaseOutcome outcome, string? failure, byte[]? evidence, CancellationToken cancellationToken)
    {
        var ended = release.With(outcome, cluster.Time.GetUtcNow(), failure) with { Evidence = evidence?.Length <= LargestEvidence ? evidence : null };
        return SaveAsync(ended, cancellationToken);
    }

    /// <summary>Writes a release over itself.</summary>
    public async Task<Release> SaveAsync(Release release, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return Versioned(release, await cluster.ReplaceAsync(release.Id, ReleaseSecret.Write(release), cancellationToken).ConfigureAwait(false));
            }
            catch (ApiFailure failure) when (failure.IsStale && attempt < MostAttempts)
            {
                // Our own write went through and only its answer was lost, or somebody edited it; the lock says that it is ours to write.
                var there = await cluster.GetAsync(release.Id, cancellationToken).ConfigureAwait(false);
                release = there is null ? release with { ResourceVersion = null } : Versioned(release, there);
            }
            catch (ApiFailure failure) when (failure.IsNotFound)
            {
                // Somebody removed it. The deploy is no worse for that.
                return release;
            }
        }
    }

    /// <summary>Removes what is too old, and returns what is left.</summary>
    /// <param name="releases">All of them, with the present one as it is now.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<Release>> TrimAsync(IReadOnlyList<Release> releases, CancellationToken cancellationToken)
    {
        var kept = Retention.Kept(releases);
        await Task.WhenAll(releases.Except(kept).Select(release => DeleteAsync(release, cancellationToken))).ConfigureAwait(false);
        return kept;
    }

    public async Task DeleteAsync(Release release, CancellationToken cancellationToken)
    {
        if (release.Uid is { } uid)
        {
            await cluster.DeleteAsync(release.Id, uid, foreground: false, cancellationToken).ConfigureAwait(false);
        }
    }

    // A failure is only gone on with when nothing needs to be applied any more: what is applied again is a deploy of its own.
    private static bool Resumes(PreparedPlan plan, Release latest) => latest.IsOf(plan.Wanted!.Manifest) && latest.Outcome switch
    {
        ReleaseOutcome.Pending or ReleaseOutcome.Interrupted => true,
        ReleaseOutcome.Failed => !plan.Public.HasChanges,
        _ => false,
    };

    private static string Author => $"{Environment.UserName}@{Environment.MachineName}";

    private static Release Versioned(Release release, System.Text.Json.Nodes.JsonObject answer) => release with
    {
        ResourceVersion = (string?)answer["metadata"]?["resourceVersion"],
        Uid = (string?)answer["metadata"]?["uid"],
    };
}
