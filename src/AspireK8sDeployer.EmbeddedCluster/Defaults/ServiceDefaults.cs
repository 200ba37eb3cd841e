using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Defaults;

/// <summary>Defaults of a Service; its addresses and node ports are allocated elsewhere.</summary>
internal static class ServiceDefaults
{
    private const long ThreeHours = 10800;

    public static void Apply(JsonObject obj)
    {
        var spec = obj.ObjectOrNew("spec");
        Affinity(spec);
        spec.Fill("type", "ClusterIP");
        foreach (var port in spec.Objects("ports"))
        {
            port.Fill("protocol", "TCP");
            if (port["targetPort"] is null || port.NumberOf("targetPort") == 0 || port["targetPort"].AsText() == "")
            {
                port["targetPort"] = port.NumberOf("port") ?? 0;
            }
        }

        var type = spec.TextOf("type");
        if (IsReachableFromOutside(spec))
        {
            spec.Fill("externalTrafficPolicy", "Cluster");
        }

        if (type is "NodePort" or "LoadBalancer" or "ClusterIP")
        {
            spec.Fill("internalTrafficPolicy", "Cluster");
        }

        if (type == "LoadBalancer")
        {
            spec.Fill("allocateLoadBalancerNodePorts", true);
            foreach (var address in obj.Object("status")?.Object("loadBalancer")?.Objects("ingress") ?? [])
            {
                if (address.TextOf("ip").Length > 0)
                {
                    address.Fill("ipMode", "VIP");
                }
            }
        }
    }

    public static bool IsReachableFromOutside(JsonObject spec) => spec.TextOf("type") is "NodePort" or "LoadBalancer"
        || (spec.TextOf("type") == "ClusterIP" && spec["externalIPs"] is JsonArray { Count: > 0 });

    private static void Affinity(JsonObject spec)
    {
        spec.Fill("sessionAffinity", "None");
        switch (spec.TextOf("sessionAffinity"))
        {
            case "None":
                spec.Remove("sessionAffinityConfig");
                break;
            case "ClientIP":
                spec.ObjectOrNew("sessionAffinityConfig").ObjectOrNew("clientIP").Fill("timeoutSeconds", ThreeHours);
                break;
        }
    }
}
