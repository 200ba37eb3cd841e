using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;

namespace AspireK8sDeployer.EmbeddedCluster.Tables;

/// <summary>The lines of what runs pods.</summary>
internal static class WorkloadCells
{
    public static JsonNode?[] Deployment(JsonObject obj, DateTimeOffset now) =>
    [
        obj.MetadataOf().Text("name"),
        $"{obj.Number("status", "readyReplicas")}/{obj.Number("spec", "replicas")}",
        obj.Number("status", "updatedReplicas"),
        obj.Number("status", "availableReplicas"),
        Cell.Age(obj, now),
        .. Template(obj),
    ];

    public static JsonNode?[] ReplicaSet(JsonObject obj, DateTimeOffset now) =>
    [
        obj.MetadataOf().Text("name"),
        obj.Number("spec", "replicas"),
        obj.Number("status", "replicas"),
        obj.Number("status", "readyReplicas"),
        Cell.Age(obj, now),
        .. Template(obj),
    ];

    public static JsonNode?[] StatefulSet(JsonObject obj, DateTimeOffset now) =>
    [
        obj.MetadataOf().Text("name"),
        $"{obj.Number("status", "readyReplicas")}/{obj.Number("spec", "replicas")}",
        Cell.Age(obj, now),
        Cell.Containers(obj.At("spec", "template", "spec")),
        Cell.Images(obj.At("spec", "template", "spec")),
    ];

    public static JsonNode?[] DaemonSet(JsonObject obj, DateTimeOffset now) =>
    [
        obj.MetadataOf().Text("name"),
        obj.Number("status", "desiredNumberScheduled"),
        obj.Number("status", "currentNumberScheduled"),
        obj.Number("status", "numberReady"),
        obj.Number("status", "updatedNumberScheduled"),
        obj.Number("status", "numberAvailable"),
        Cell.Labels(obj.At("spec", "template", "spec", "nodeSelector")),
        Cell.Age(obj, now),
        .. Template(obj),
    ];

    public static JsonNode?[] Job(JsonObject obj, DateTimeOffset now)
    {
        var completions = obj.At("spec", "completions") is { } wanted ? $"{obj.Number("status", "succeeded")}/{wanted}"
            : obj.Number("spec", "parallelism") is > 1 and var parallel ? $"{obj.Number("status", "succeeded")}/1 of {parallel}"
            : $"{obj.Number("status", "succeeded")}/1";
        var started = Metadata.ParseTimestamp(obj.Text("status", "startTime"));
        var ended = Metadata.ParseTimestamp(obj.Text("status", "completionTime"));
        return
        [
            obj.MetadataOf().Text("name"),
            JobStatus(obj),
            completions,
            started is { } start ? Cell.Duration((ended ?? now) - start) : "",
            Cell.Age(obj, now),
            .. Template(obj),
        ];
    }

    public static JsonNode?[] CronJob(JsonObject obj, DateTimeOffset now) =>
    [
        obj.MetadataOf().Text("name"),
        obj.Text("spec", "schedule"),
        Cell.OrNone(obj.Text("spec", "timeZone")),
        (bool?)obj.At("spec", "suspend") == true ? "True" : "False",
        obj.Objects("status", "active").Count(),
        obj.Text("status", "lastScheduleTime") is { Length: > 0 } last ? Cell.Since(last, now) : Cell.None,
        Cell.Age(obj, now),
        Cell.Containers(obj.At("spec", "jobTemplate", "spec", "template", "spec")),
        Cell.Images(obj.At("spec", "jobTemplate", "spec", "template", "spec")),
        Cell.Selector(obj.At("spec", "jobTemplate", "spec", "selector")),
    ];

    public static JsonNode?[] ControllerRevision(JsonObject obj, DateTimeOffset now)
    {
        var owner = obj.Objects("metadata", "ownerReferences").FirstOrDefault(o => (bool?)o["controller"] == true);
        var group = owner?.Text("apiVersion").Split('/') is { Length: 2 } parts ? $".{parts[0]}" : "";
        return
        [
            obj.MetadataOf().Text("name"),
            owner is null ? Cell.None : $"{owner.Text("kind").ToLowerInvariant()}{group}/{owner.Text("name")}",
            obj.Number("revision"),
            Cell.Age(obj, now),
        ];
    }

    public static JsonNode?[] PodTemplate(JsonObject obj, DateTimeOffset now) =>
    [
        obj.MetadataOf().Text("name"),
        Cell.Containers(obj.At("template", "spec")),
        Cell.Images(obj.At("template", "spec")),
        Cell.Labels(obj.At("template", "metadata", "labels")),
    ];

    private static IEnumerable<JsonNode?> Template(JsonObject obj)
    {
        var selector = obj.At("spec", "selector");
        var plain = selector.At("matchLabels") is null && selector.At("matchExpressions") is null; // a ReplicationController's
        return
        [
            Cell.Containers(obj.At("spec", "template", "spec")),
            Cell.Images(obj.At("spec", "template", "spec")),
            plain ? Cell.Labels(selector) : Cell.Selector(selector),
        ];
    }

    private static string JobStatus(JsonObject job)
    {
        var on = job.Objects("status", "conditions").Where(c => c.Text("status") == "True").Select(c => c.Text("type")).ToHashSet();
        return on.Contains("Complete") ? "Complete"
            : on.Contains("Failed") ? "Failed"
            : job.IsBeingDeleted() ? "Terminating"
            : on.Contains("Suspended") ? "Suspended"
            : on.Contains("FailureTarget") ? "FailureTarget"
            : on.Contains("SuccessCriteriaMet") ? "SuccessCriteriaMet"
            : "Running";
    }
}
