using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>Whether pods take ports of their nodes, so that no node has room for two of them.</summary>
internal static class HostPorts
{
    /// <param name="pod">The pod's specification.</param>
    public static bool Takes(JsonObject pod) => PodTree.Containers(pod).SelectMany(container => container.Objects("ports"))
        .Any(port => (int?)port["hostPort"] is > 0 || ((bool?)pod["hostNetwork"] == true && port["containerPort"] is not null));
}
