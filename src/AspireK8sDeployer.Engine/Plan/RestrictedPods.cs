using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>
/// Tells what of a pod the restricted Pod Security Standard refuses. Our own defaults satisfy it; what the user asks for may
/// not, which is no mistake, but no surprise either.
/// </summary>
internal static class RestrictedPods
{
    /// <summary>One sentence for each thing that is refused.</summary>
    /// <param name="pod">The pod's specification.</param>
    /// <param name="hasUser">Whether the image's user is known not to be root; otherwise that is another warning's matter.</param>
    public static IEnumerable<string> Warnings(JsonObject pod, bool hasUser)
    {
        var all = PodStandards.Violations(pod);
        // Whatever runs as root may, too.
        var runsAsRoot = all.Any(violation => violation.Field.StartsWith("runAsUser 0", StringComparison.Ordinal));
        return all.Where(violation => (hasUser && !runsAsRoot) || !violation.Field.StartsWith(PodContexts.NotRootField, StringComparison.Ordinal))
            .Select(violation => $"{violation.Sentence}: a namespace that enforces the restricted Pod Security Standard refuses such pods.");
    }
}
