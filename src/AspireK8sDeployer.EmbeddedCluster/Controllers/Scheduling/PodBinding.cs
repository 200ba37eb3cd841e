using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Controllers.Scheduling;

/// <summary>Puts a pod on a node, as the <c>binding</c> subresource does.</summary>
internal static class PodBinding
{
    /// <summary>False when the pod is gone.</summary>
    public static bool TryBind(IClusterApi api, V1Pod pod, string node, DateTime now)
    {
        var resource = api.Resources.Of<V1Pod>();
        if (api.Get(resource, pod.Metadata.NamespaceProperty, pod.Metadata.Name) is not { } current)
        {
            return false;
        }

        current["spec"]!["nodeName"] = node;
        var status = current["status"] as JsonObject ?? [];
        current["status"] = status;
        var others = (status["conditions"] as JsonArray ?? []).Where(condition => condition?["type"]?.ToString() != "PodScheduled").Select(condition => condition?.DeepClone());
        status["conditions"] = new JsonArray(
        [
            .. others,
            new JsonObject
            {
                ["type"] = "PodScheduled",
                ["status"] = "True",
                ["lastProbeTime"] = null,
                ["lastTransitionTime"] = now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
            },
        ]);
        api.Update(resource, current, "kube-scheduler", "binding");
        return true;
    }
}
