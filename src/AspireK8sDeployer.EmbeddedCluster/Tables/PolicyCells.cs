using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;

namespace AspireK8sDeployer.EmbeddedCluster.Tables;

/// <summary>The lines of rules, limits and scaling.</summary>
internal static class PolicyCells
{
    private const int MostMetrics = 2;

    public static JsonNode?[] RoleBinding(JsonObject obj, DateTimeOffset now)
    {
        var subjects = obj.Objects("subjects").ToLookup(s => s.Text("kind"));
        return
        [
            obj.MetadataOf().Text("name"),
            $"{obj.Text("roleRef", "kind")}/{obj.Text("roleRef", "name")}",
            Cell.Age(obj, now),
            string.Join(", ", subjects["User"].Select(s => s.Text("name"))),
            string.Join(", ", subjects["Group"].Select(s => s.Text("name"))),
            string.Join(", ", subjects["ServiceAccount"].Select(s => $"{s.Text("namespace")}/{s.Text("name")}")),
        ];
    }

    public static JsonNode?[] DisruptionBudget(JsonObject obj, DateTimeOffset now) =>
    [
        obj.MetadataOf().Text("name"),
        OrNotApplicable(obj.At("spec", "minAvailable")),
        OrNotApplicable(obj.At("spec", "maxUnavailable")),
        obj.Number("status", "disruptionsAllowed"),
        Cell.Age(obj, now),
    ];

    public static JsonNode?[] Autoscaler(JsonObject obj, DateTimeOffset now)
    {
        var current = obj.Objects("status", "currentMetrics").ToList();
        var metrics = obj.Objects("spec", "metrics").Select((metric, i) => Metric(metric, i < current.Count ? current[i] : null)).ToList();
        var targets = metrics.Count == 0 ? Cell.None : string.Join(", ", metrics.Take(MostMetrics))
            + (metrics.Count > MostMetrics ? $" + {metrics.Count - MostMetrics} more..." : "");
        return
        [
            obj.MetadataOf().Text("name"),
            $"{obj.Text("spec", "scaleTargetRef", "kind")}/{obj.Text("spec", "scaleTargetRef", "name")}",
            targets,
            obj.At("spec", "minReplicas") is { } min ? min.ToString() : Cell.Unset,
            obj.Number("spec", "maxReplicas"),
            obj.Number("status", "currentReplicas"),
            Cell.Age(obj, now),
        ];
    }

    public static JsonNode?[] Quota(JsonObject obj, DateTimeOffset now)
    {
        var hard = (obj.At("status", "hard") ?? obj.At("spec", "hard")) as JsonObject ?? [];
        var used = obj.At("status", "used");
        var lines = hard.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => (pair.Key, Text: $"{pair.Key}: {(used.Text(pair.Key) is { Length: > 0 } u ? u : "0")}/{pair.Value}")).ToList();
        var limits = lines.Where(line => line.Key.StartsWith("limits.", StringComparison.Ordinal)).Select(line => line.Text);
        var requests = lines.Where(line => !line.Key.StartsWith("limits.", StringComparison.Ordinal)).Select(line => line.Text);
        return [obj.MetadataOf().Text("name"), string.Join(", ", requests), string.Join(", ", limits), Cell.Age(obj, now)];
    }

    private static string OrNotApplicable(JsonNode? value) => value?.ToString() ?? "N/A";

    private static string Metric(JsonObject metric, JsonObject? current)
    {
        var type = metric.Text("type");
        var (source, name) = type switch
        {
            "Resource" => (metric["resource"], metric.Text("resource", "name")),
            "ContainerResource" => (metric["containerResource"], metric.Text("containerResource", "name")),
            "Pods" => (metric["pods"], ""),
            "Object" => (metric["object"], ""),
            "External" => (metric["external"], ""),
            _ => (null, ""),
        };
        var now = type.Length == 0 ? null : current.At(char.ToLowerInvariant(type[0]) + type[1..], "current");
        var target = source.At("target");
        string text;
        if (target.At("averageUtilization") is { } utilization)
        {
            text = $"{(now.At("averageUtilization") is { } u ? $"{u}%" : Cell.Unknown)}/{utilization}%";
        }
        else if (target.At("averageValue") is { } average)
        {
            var suffix = type is "Object" or "External" ? " (avg)" : "";
            text = $"{now.At("averageValue")?.ToString() ?? Cell.Unknown}/{average}{suffix}";
        }
        else
        {
            text = $"{now.At("value")?.ToString() ?? Cell.Unknown}/{target.Text("value")}";
        }

        return name.Length > 0 ? $"{name}: {text}" : text;
    }
}
