using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Settings;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>Where the pods may run, and in which way.</summary>
internal static class PodScheduling
{
    public static void AddTo(JsonObject spec, PodSettings pod, ObjectMetadata metadata)
    {
        if (pod.NodeSelectors.Count > 0)
        {
            spec["nodeSelector"] = ObjectMetadata.ToJson(pod.NodeSelectors);
        }

        if (pod.Tolerations.Count > 0)
        {
            spec["tolerations"] = ModelJson.OfList(pod.Tolerations);
        }

        if (pod.Affinity is { } affinity)
        {
            spec["affinity"] = ModelJson.Of(affinity);
        }

        if (pod.TopologySpread.Count > 0)
        {
            spec["topologySpreadConstraints"] = new JsonArray([.. pod.TopologySpread.Select(constraint => (JsonNode)Spread(constraint, metadata))]);
        }

        Add(spec, "schedulerName", pod.SchedulerName);
        Add(spec, "runtimeClassName", pod.RuntimeClassName);
        Add(spec, "priorityClassName", pod.PriorityClassName);
    }

    // Without a selector a constraint counts no pods at all, which nobody means.
    private static JsonObject Spread(V1TopologySpreadConstraint constraint, ObjectMetadata metadata)
    {
        var body = ModelJson.Of(constraint);
        body["labelSelector"] ??= new JsonObject { ["matchLabels"] = metadata.Selector() };
        return body;
    }

    private static void Add(JsonObject spec, string field, string? value)
    {
        if (value is not null)
        {
            spec[field] = value;
        }
    }
}
