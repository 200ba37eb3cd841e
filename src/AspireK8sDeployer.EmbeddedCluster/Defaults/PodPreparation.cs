using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Defaults;

/// <summary>The status of a new pod.</summary>
internal static class PodPreparation
{
    private static readonly string[] Counted = ["cpu", "memory"];

    public static void ForCreate(JsonObject obj)
    {
        var status = new JsonObject { ["phase"] = "Pending" };
        var spec = obj.ObjectOrNew("spec");
        if (spec.Objects("schedulingGates").Any())
        {
            status["conditions"] = new JsonArray(new JsonObject
            {
                ["type"] = "PodScheduled",
                ["observedGeneration"] = 1L,
                ["status"] = "False",
                ["lastProbeTime"] = null,
                ["lastTransitionTime"] = null,
                ["reason"] = "SchedulingGated",
                ["message"] = "Scheduling is blocked due to non-empty scheduling gates",
            });
        }

        status["qosClass"] = QosClass(spec);
        obj["status"] = status;
    }

    /// <summary>How the pod fares when its node runs short: every limit set and equal to its request, some, or none.</summary>
    public static string QosClass(JsonObject spec)
    {
        var all = spec.Object("resources") is { } podLevel
            ? [podLevel]
            : spec.Objects("containers").Concat(spec.Objects("initContainers")).Select(container => container.Object("resources") ?? []).ToList();
        var any = false;
        var guaranteed = true;
        foreach (var resources in all)
        {
            foreach (var name in Counted)
            {
                var limit = Amount(resources.Object("limits"), name);
                var request = Amount(resources.Object("requests"), name);
                any |= limit is not null || request is not null;
                guaranteed &= limit is { } amount && (request is null || amount.CompareTo(request.Value) == 0);
            }
        }

        return any ? guaranteed ? "Guaranteed" : "Burstable" : "BestEffort";
    }

    private static Quantity? Amount(JsonObject? amounts, string name) =>
        Quantity.TryParse(amounts?.TextOf(name) ?? "", out var quantity) && quantity.Sign > 0 ? quantity : null;
}
