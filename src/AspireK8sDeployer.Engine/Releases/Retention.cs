namespace AspireK8sDeployer.Engine.Releases;

/// <summary>Which releases are remembered. Pure.</summary>
internal static class Retention
{
    public const int Successes = 10;

    /// <summary>Those that are kept: the last successes, the last failure, and the newest whatever became of it.</summary>
    public static IReadOnlyList<Release> Kept(IReadOnlyList<Release> releases)
    {
        var descending = releases.OrderByDescending(release => release.Revision).ToList();
        var kept = descending.Where(release => release.Outcome == ReleaseOutcome.Succeeded).Take(Successes)
            .Concat(descending.Where(release => release.Outcome is ReleaseOutcome.Failed or ReleaseOutcome.RolledBack).Take(1))
            .Concat(descending.Take(1))
            .ToHashSet();
        return [.. releases.Where(kept.Contains)];
    }
}
