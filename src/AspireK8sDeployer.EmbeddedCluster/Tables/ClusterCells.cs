using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;

namespace AspireK8sDeployer.EmbeddedCluster.Tables;

/// <summary>The lines of everything else.</summary>
internal static class ClusterCells
{
    private const string RolePrefix = "node-role.kubernetes.io/";

    public static JsonNode?[] Named(JsonObject obj, DateTimeOffset now) => [obj.MetadataOf().Text("name"), Cell.Age(obj, now)];

    public static JsonNode?[] Dated(JsonObject obj, DateTimeOffset now) =>
        [obj.MetadataOf().Text("name"), obj.MetadataOf()["creationTimestamp"]?.DeepClone()];

    public static JsonNode?[] Namespace(JsonObject obj, DateTimeOffset now) =>
        [obj.MetadataOf().Text("name"), obj.Text("status", "phase"), Cell.Age(obj, now)];

    public static JsonNode?[] ConfigMap(JsonObject obj, DateTimeOffset now) =>
        [obj.MetadataOf().Text("name"), Count(obj["data"]) + Count(obj["binaryData"]), Cell.Age(obj, now)];

    public static JsonNode?[] Secret(JsonObject obj, DateTimeOffset now) =>
        [obj.MetadataOf().Text("name"), obj.Text("type"), Count(obj["data"]), Cell.Age(obj, now)];

    public static JsonNode?[] Lease(JsonObject obj, DateTimeOffset now) =>
        [obj.MetadataOf().Text("name"), obj.Text("spec", "holderIdentity"), Cell.Age(obj, now)];

    public static JsonNode?[] Event(JsonObject obj, DateTimeOffset now)
    {
        var first = obj.Text("firstTimestamp") is { Length: > 0 } f ? f : obj.Text("eventTime");
        var last = FirstOf(obj.Text("series", "lastObservedTime"), obj.Text("lastTimestamp"), first);
        var count = obj.Number("series", "count") is > 0 and var series ? series : obj.Number("count") is > 0 and var c ? c : 1;
        var component = obj.Text("source", "component") is { Length: > 0 } s ? s : obj.Text("reportingComponent");
        var host = obj.Text("source", "host") is { Length: > 0 } h ? h : obj.Text("reportingInstance");
        var involved = obj["involvedObject"];
        return
        [
            last.Length > 0 ? Cell.Since(last, now) : Cell.Unknown,
            obj.Text("type"),
            obj.Text("reason"),
            $"{involved.Text("kind").ToLowerInvariant()}/{involved.Text("name")}",
            involved.Text("fieldPath"),
            host.Length > 0 ? $"{component}, {host}" : component,
            obj.Text("message").Trim(),
            first.Length > 0 ? Cell.Since(first, now) : Cell.Unknown,
            count,
            obj.MetadataOf().Text("name"),
        ];
    }

    public static JsonNode?[] Node(JsonObject obj, DateTimeOffset now)
    {
        var ready = obj.Objects("status", "conditions").FirstOrDefault(c => c.Text("type") == "Ready");
        var status = ready is null ? "Unknown" : ready.Text("status") == "True" ? "Ready" : "NotReady";
        if ((bool?)obj.At("spec", "unschedulable") == true)
        {
            status += ",SchedulingDisabled";
        }

        var roles = (obj.MetadataOf()["labels"] as JsonObject ?? [])
            .Where(label => label.Key.StartsWith(RolePrefix, StringComparison.Ordinal)).Select(label => label.Key[RolePrefix.Length..])
            .Order(StringComparer.Ordinal);
        return
        [
            obj.MetadataOf().Text("name"),
            status,
            Cell.OrNone(string.Join(',', roles)),
            Cell.Age(obj, now),
            obj.Text("status", "nodeInfo", "kubeletVersion"),
            Address("InternalIP"),
            Address("ExternalIP"),
            OrUnknown(obj.Text("status", "nodeInfo", "osImage")),
            OrUnknown(obj.Text("status", "nodeInfo", "kernelVersion")),
            OrUnknown(obj.Text("status", "nodeInfo", "containerRuntimeVersion")),
        ];

        string Address(string type) => Cell.OrNone(
            obj.Objects("status", "addresses").FirstOrDefault(a => a.Text("type") == type)?.Text("address") ?? "");
    }

    public static JsonNode?[] Claim(JsonObject obj, DateTimeOffset now)
    {
        var bound = obj.Text("spec", "volumeName").Length > 0;
        return
        [
            obj.MetadataOf().Text("name"),
            obj.IsBeingDeleted() ? "Terminating" : obj.Text("status", "phase"),
            obj.Text("spec", "volumeName"),
            bound ? obj.Text("status", "capacity", "storage") is { Length: > 0 } size ? size : "0" : "",
            bound ? AccessModes(obj.Strings("status", "accessModes")) : "",
            obj.Text("spec", "storageClassName"),
            obj.Text("spec", "volumeAttributesClassName") is { Length: > 0 } attributes ? attributes : Cell.Unset,
            Cell.Age(obj, now),
            obj.Text("spec", "volumeMode") is { Length: > 0 } mode ? mode : Cell.Unset,
        ];
    }

    public static JsonNode?[] Volume(JsonObject obj, DateTimeOffset now)
    {
        var claim = obj.At("spec", "claimRef");
        return
        [
            obj.MetadataOf().Text("name"),
            obj.Text("spec", "capacity", "storage"),
            AccessModes(obj.Strings("spec", "accessModes")),
            obj.Text("spec", "persistentVolumeReclaimPolicy"),
            obj.IsBeingDeleted() ? "Terminating" : obj.Text("status", "phase"),
            claim is null ? "" : $"{claim.Text("namespace")}/{claim.Text("name")}",
            obj.Text("spec", "storageClassName"),
            obj.Text("spec", "volumeAttributesClassName") is { Length: > 0 } attributes ? attributes : Cell.Unset,
            obj.Text("status", "reason"),
            Cell.Age(obj, now),
            obj.Text("spec", "volumeMode") is { Length: > 0 } mode ? mode : Cell.Unset,
        ];
    }

    public static JsonNode?[] StorageClass(JsonObject obj, DateTimeOffset now)
    {
        var annotations = obj.MetadataOf()["annotations"];
        var isDefault = annotations.Text("storageclass.kubernetes.io/is-default-class") == "true";
        return
        [
            obj.MetadataOf().Text("name") + (isDefault ? " (default)" : ""),
            obj.Text("provisioner"),
            obj.Text("reclaimPolicy") is { Length: > 0 } policy ? policy : "Delete",
            obj.Text("volumeBindingMode") is { Length: > 0 } mode ? mode : Cell.Unset,
            (bool?)obj["allowVolumeExpansion"] == true,
            Cell.Age(obj, now),
        ];
    }

    public static JsonNode?[] PriorityClass(JsonObject obj, DateTimeOffset now) =>
    [
        obj.MetadataOf().Text("name"),
        obj.Number("value"),
        (bool?)obj["globalDefault"] == true,
        Cell.Age(obj, now),
        obj.Text("preemptionPolicy"),
    ];

    private static int Count(JsonNode? map) => (map as JsonObject)?.Count ?? 0;

    private static string OrUnknown(string text) => text.Length == 0 ? Cell.Unknown : text;

    private static string FirstOf(params ReadOnlySpan<string> texts)
    {
        foreach (var text in texts)
        {
            if (text.Length > 0)
            {
                return text;
            }
        }

        return "";
    }

    private static string AccessModes(IReadOnlyList<string> modes) => string.Join(',', modes.Select(mode => mode switch
    {
        "ReadWriteOnce" => "RWO",
        "ReadOnlyMany" => "ROX",
        "ReadWriteMany" => "RWX",
        "ReadWriteOncePod" => "RWOP",
        _ => mode,
    }));
}
