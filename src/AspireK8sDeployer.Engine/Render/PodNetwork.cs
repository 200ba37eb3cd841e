using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>What the pods share with their node, and how they resolve names.</summary>
internal static class PodNetwork
{
    public static void AddTo(JsonObject spec, PodSettings pod)
    {
        Add(spec, "hostNetwork", pod.HostNetwork);
        Add(spec, "hostPID", pod.HostPid);
        Add(spec, "hostIPC", pod.HostIpc);
        if (pod.HostAliases.Count > 0)
        {
            spec["hostAliases"] = ModelJson.OfList(pod.HostAliases);
        }

        // On the node's network the cluster's default would be the node's own way, which knows no Service.
        if ((pod.DnsPolicy ?? (pod.HostNetwork ? "ClusterFirstWithHostNet" : null)) is { } policy)
        {
            spec["dnsPolicy"] = policy;
        }

        if (pod.DnsConfig is { } dns)
        {
            spec["dnsConfig"] = ModelJson.Of(dns);
        }
    }

    private static void Add(JsonObject spec, string field, bool value)
    {
        if (value)
        {
            spec[field] = true;
        }
    }
}
