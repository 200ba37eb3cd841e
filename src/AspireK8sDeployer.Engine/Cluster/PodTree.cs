using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>Finds the parts of a pod that has no model here. Pure.</summary>
internal static class PodTree
{
    /// <summary>The containers of a pod's specification in the order in which they begin.</summary>
    public static IEnumerable<JsonObject> Containers(JsonObject spec) => spec.Objects("initContainers").Concat(spec.Objects("containers"));

    /// <summary>What is noted of the containers of a pod, in the same order.</summary>
    public static IEnumerable<JsonObject> ContainerStatuses(JsonObject pod) => pod["status"] is JsonObject status
        ? status.Objects("initContainerStatuses").Concat(status.Objects("containerStatuses"))
        : [];
}
