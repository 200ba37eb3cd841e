using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Defaults;

/// <summary>Defaults of a HorizontalPodAutoscaler.</summary>
internal static class AutoscalerDefaults
{
    public static void Apply(string version, JsonObject spec)
    {
        spec.Fill("minReplicas", 1L);
        if (version == "v1")
        {
            return;
        }

        if (spec["metrics"] is not JsonArray { Count: > 0 })
        {
            spec["metrics"] = new JsonArray(Metric());
        }

        if (spec.Object("behavior") is { } behavior)
        {
            Rules(behavior.ObjectOrNew("scaleUp"), isUp: true);
            Rules(behavior.ObjectOrNew("scaleDown"), isUp: false);
        }
    }

    private static JsonObject Metric() => new()
    {
        ["type"] = "Resource",
        ["resource"] = new JsonObject
        {
            ["name"] = "cpu",
            ["target"] = new JsonObject { ["type"] = "Utilization", ["averageUtilization"] = 80L },
        },
    };

    private static void Rules(JsonObject rules, bool isUp)
    {
        if (isUp)
        {
            rules.Fill("stabilizationWindowSeconds", 0L);
        }

        rules.Fill("selectPolicy", "Max");
        if (rules["policies"] is null)
        {
            rules["policies"] = isUp
                ? new JsonArray(Policy("Pods", 4), Policy("Percent", 100))
                : new JsonArray(Policy("Percent", 100));
        }
    }

    private static JsonObject Policy(string type, long value) =>
        new() { ["type"] = type, ["value"] = value, ["periodSeconds"] = 15L };
}
