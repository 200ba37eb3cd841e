using System.Globalization;
using AspireK8sDeployer.Engine.Releases;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Rollback;

/// <summary>Chooses the revision to go back to. Pure.</summary>
internal static class RollbackTarget
{
    /// <summary>The named revision, or the last good state before the present one.</summary>
    /// <param name="deployment">The deployment.</param>
    /// <param name="releases">What is remembered, by revision.</param>
    /// <param name="revision">The revision that was asked for; null for none.</param>
    /// <param name="abandoned">Whether whoever was at work last has not finished.</param>
    /// <exception cref="DeploymentException">There is none.</exception>
    public static Release Choose(DeploymentIdentity deployment, IReadOnlyList<Release> releases, int? revision, bool abandoned)
    {
        if (releases.Count == 0)
        {
            throw new DeploymentException(
                "K8SD244", "rollback", $"{deployment.Namespace}/{deployment.Name} has no revisions: it was not deployed, or by a version that recorded none",
                "deploy it first");
        }

        if (revision is not null)
        {
            return releases.FirstOrDefault(release => release.Revision == revision) ?? throw None(deployment, releases, $"has no revision {revision}");
        }

        var latest = releases[^1];
        return (abandoned || latest.Outcome is ReleaseOutcome.Pending or ReleaseOutcome.Interrupted) && latest.Info.RollbackOf is { } begun && releases.FirstOrDefault(release => release.Revision == begun) is { } same
            ? same
            : LastGood(releases.Where(release => latest.Outcome != ReleaseOutcome.Succeeded || release.Digest != latest.Digest))
                ?? throw None(deployment, releases, "has no earlier revision that succeeded");
    }

    /// <summary>The last that succeeded.</summary>
    public static Release? LastGood(IEnumerable<Release> releases) =>
        releases.Where(release => release.Outcome == ReleaseOutcome.Succeeded).MaxBy(release => release.Revision);

    private static DeploymentException None(DeploymentIdentity deployment, IReadOnlyList<Release> releases, string what)
    {
        var lines = releases.Select(release => string.Create(
            CultureInfo.InvariantCulture,
            $"\n  {release.Revision}  {release.Info.Begun.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z  {Word(release.Outcome)}  {release.Info.Image}"));
        return new DeploymentException(
            "K8SD241", "rollback", $"{deployment.Namespace}/{deployment.Name} {what}; remembered are{string.Concat(lines)}", "name one of these revisions")
        {
            Reason = "NO_SUCH_REVISION",
        };
    }

    private static string Word(ReleaseOutcome outcome) => outcome switch
    {
        ReleaseOutcome.RolledBack => "rolled back",
        _ => outcome.ToString().ToLowerInvariant(),
    };
}
