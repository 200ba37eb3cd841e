using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Resources;

namespace AspireK8sDeployer.EmbeddedCluster.Selectors;

/// <summary>Which fields can be selected on, by kind: name and namespace everywhere, a few more on some.</summary>
internal static class SelectableFields
{
    // Selector name → where the value is, when that is not the same.
    private static readonly Dictionary<string, string[]> ByKind = new()
    {
        ["Pod"] =
        [
            "spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "spec.hostNetwork", "status.phase",
            "status.podIP", "status.nominatedNodeName",
        ],
        ["Event"] =
        [
            "involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid", "involvedObject.apiVersion",
            "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason", "reportingComponent", "source", "type",
        ],
        ["Event.events.k8s.io"] =
        [
            "regarding.kind", "regarding.namespace", "regarding.name", "regarding.uid", "regarding.apiVersion",
            "regarding.resourceVersion", "regarding.fieldPath", "reason", "reportingController", "type",
        ],
        ["Secret"] = ["type"],
        ["Namespace"] = ["status.phase"],
        ["Node"] = ["spec.unschedulable"],
        ["ReplicationController"] = ["status.replicas"],
        ["Job.batch"] = ["status.successful"],
        ["Service"] = ["spec.clusterIP", "spec.type"],
    };

    private static readonly Dictionary<string, string> Elsewhere = new()
    {
        ["source"] = "source.component|reportingComponent",
        ["status.successful"] = "status.succeeded",
        ["reportingController"] = "reportingComponent",
    };

    // Kinds whose selectors a real server checks in an older way, with other words.
    private static readonly string[] OldWording = ["Pod", "Event", "Event.events.k8s.io", "Secret", "Namespace", "Node", "ReplicationController", "Job.batch", "Service"];

    /// <summary>Where in a stored object the field is; null when it cannot be selected on.</summary>
    public static string? PathOf(ResourceDefinition resource, string field)
    {
        if (field is "metadata.name" or "metadata.namespace")
        {
            return field;
        }

        if (!ByKind.GetValueOrDefault(resource.GroupKind, []).Contains(field) && !CustomFields(resource).Contains(field))
        {
            return null;
        }

        // The objects of events.k8s.io are stored as core ones.
        return field.StartsWith("regarding.", StringComparison.Ordinal)
            ? "involvedObject." + field["regarding.".Length..]
            : Elsewhere.GetValueOrDefault(field, field);
    }

    public static ApiException Unknown(ResourceDefinition resource, string field) => ApiException.BadRequest(
        OldWording.Contains(resource.GroupKind)
            ? $"field label not supported: {field}"
            : $"\"{field}\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\""
                + string.Concat(CustomFields(resource).Select(known => $", \"{known}\"")));

    /// <summary>What a missing field counts as.</summary>
    public static string ZeroOf(string path) => path switch
    {
        "spec.hostNetwork" or "spec.unschedulable" => "false",
        "status.replicas" or "status.succeeded" => "0",
        _ => "",
    };

    private static IReadOnlyList<string> CustomFields(ResourceDefinition resource) =>
        resource.CustomVersion?["selectableFields"] is System.Text.Json.Nodes.JsonArray fields
            ? [.. fields.OfType<System.Text.Json.Nodes.JsonObject>().Select(field => field.Text("jsonPath").TrimStart('.'))]
            : [];
}
