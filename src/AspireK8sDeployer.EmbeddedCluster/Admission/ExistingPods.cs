using AspireK8sDeployer.EmbeddedCluster.Schema;
using AspireK8sDeployer.EmbeddedCluster.Store;

namespace AspireK8sDeployer.EmbeddedCluster.Admission;

/// <summary>What somebody is told who makes a namespace stricter than the pods that are in it. Pure.</summary>
internal static class ExistingPods
{
    /// <param name="ns">The namespace.</param>
    /// <param name="pods">Its pods, by name.</param>
    /// <param name="level">What it enforces from now on.</param>
    /// <param name="levelName">The level with its version.</param>
    public static IReadOnlyList<string> Warnings(string ns, IEnumerable<StoredObject> pods, PodSecurityLevel level, string levelName)
    {
        var violations = pods
            .Select(pod => (pod.Name, Reason: Reason(pod, level)))
            .Where(pod => pod.Reason.Length > 0)
            .GroupBy(pod => pod.Reason, pod => pod.Name)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{Names(group.First(), group.Count() - 1)}: {group.Key}")
            .ToList();
        return violations.Count == 0 ? [] : [$"existing pods in namespace \"{ns}\" violate the new PodSecurity enforce level \"{levelName}\"", .. violations];
    }

    /// <summary>The checks that fail, without the containers they fail for.</summary>
    private static string Reason(StoredObject pod, PodSecurityLevel level) =>
        string.Join(", ", PodSecurityChecks.Violations(pod.ToJsonObject().Object("spec") ?? [], level).Select(violation => violation.Split(" (")[0]));

    private static string Names(string first, int others) => others switch
    {
        0 => first,
        1 => $"{first} (and 1 other pod)",
        _ => $"{first} (and {others} other pods)",
    };
}
