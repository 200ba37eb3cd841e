using System.Text.RegularExpressions;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>Holds a deploy to the plan that somebody agreed to: what they did not see does not happen.</summary>
internal static partial class PlanReview
{
    public const string Code = "K8SD307";

    /// <param name="reviewed">The plan that was agreed to; null when none was.</param>
    /// <param name="current">The plan as it is now.</param>
    public static void Check(DeploymentPlan? reviewed, DeploymentPlan current)
    {
        if (reviewed is null)
        {
            return;
        }

        // What is no longer to do somebody else has done, or this deploy itself before it had to plan again.
        var delta = Lines(current).Except(Lines(reviewed)).ToList();
        if (delta.Count > 0)
        {
            throw new DeploymentException(
                Code, "plan", $"{current.Server} has changed since the plan was reviewed:{string.Concat(delta.Select(line => $"\n  {line}"))}",
                "look at the new plan, and deploy that")
            {
                Reason = "CHANGED_SINCE_REVIEW",
            };
        }
    }

    // How many pods there are, or replicas of an autoscaler, is no part of what was agreed to; what changes is.
    // Names with a hash of the content in them differ from plan to plan until the cluster keeps the salt; the settings are the same.
    private static string WithoutHash(string line) => HashInName().Replace(line, "-…");

    [GeneratedRegex("-[0-9a-f]{10}(?![0-9a-f])")]
    private static partial Regex HashInName();

    private static List<string> Lines(DeploymentPlan plan) =>
    [
        .. plan.Changes.Where(change => change.Kind != ChangeKind.Unchanged).SelectMany(change =>
            change.Fields.Select(field => $"{change.Id} {field}").Prepend($"{change.Id} {change.Kind.ToString().ToLowerInvariant()}")).Select(WithoutHash),
    ];
}
