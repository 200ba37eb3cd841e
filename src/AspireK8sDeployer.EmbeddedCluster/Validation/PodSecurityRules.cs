using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>The labels with which a namespace says how secure its pods have to be.</summary>
internal static partial class PodSecurityRules
{
    public static void Labels(Findings findings, JsonObject obj)
    {
        var labels = obj["metadata"]?["labels"] as JsonObject ?? [];
        foreach (var mode in (string[])["enforce", "audit", "warn"])
        {
            var name = $"pod-security.kubernetes.io/{mode}";
            if (labels[name].AsText() is { } level and not ("privileged" or "baseline" or "restricted"))
            {
                findings.Invalid($"metadata.labels[{name}]", level, "must be one of privileged, baseline, restricted");
            }

            if (labels[$"{name}-version"].AsText() is { } version && version != "latest" && !Version().IsMatch(version))
            {
                findings.Invalid($"metadata.labels[{name}-version]", version, "must be \"latest\" or \"v1.x\"");
            }
        }
    }

    [GeneratedRegex(@"^v1\.(0|[1-9][0-9]*)\z")]
    private static partial Regex Version();
}
