using System.Text.Json.Nodes;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Golden;

/// <summary>
/// Takes out of both answers what a controller wrote that the embedded cluster does not have: its entry in managedFields,
/// status, and the version that came with it.
/// </summary>
internal static class ControllersAbsent
{
    private static readonly string[] Kinds = ["HorizontalPodAutoscaler", "PodDisruptionBudget", "StatefulSet"];

    private static readonly string[] Plurals = ["horizontalpodautoscalers", "poddisruptionbudgets", "statefulsets"];

    public static void TakeOut(RecordedStep step, JsonObject wanted, JsonObject given)
    {
        if (Kinds.Contains((string?)wanted["kind"]))
        {
            Clean(step, wanted, given);
        }
        else if ((string?)wanted["kind"] == "Table" && Plurals.Any(plural => step.Path.Contains("/" + plural, StringComparison.Ordinal)))
        {
            foreach (var (one, other) in (wanted["rows"] as JsonArray ?? []).Zip(given["rows"] as JsonArray ?? []))
            {
                Clean(step, (JsonObject)one!["object"]!, (JsonObject)other!["object"]!);
            }
        }
    }

    private static void Clean(RecordedStep step, JsonObject wanted, JsonObject given)
    {
        if (step.Path.Contains("/status", StringComparison.Ordinal) || wanted["metadata"] is not JsonObject metadata
            || metadata["managedFields"] is not JsonArray entries)
        {
            return;
        }

        var written = entries.Where(entry => (string?)entry?["manager"] == "kube-controller-manager").ToList();
        foreach (var entry in written)
        {
            entries.Remove(entry);
        }

        if (written.Count > 0)
        {
            wanted.Remove("status");
            given.Remove("status");
            if (metadata.ContainsKey("resourceVersion"))
            {
                metadata["resourceVersion"] = "<rv>";
            }
        }
    }
}
