using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Defaults;

/// <summary>A Service that changes its type loses what only the old type has, if the request leaves it as it was.</summary>
internal static class ServicePreparation
{
    public static void DropWhatTheTypeLacks(JsonObject obj, JsonObject oldObj)
    {
        var spec = obj.ObjectOrNew("spec");
        var old = oldObj.ObjectOrNew("spec");
        if (NeedsClusterIP(old) && !NeedsClusterIP(spec))
        {
            if (Same("clusterIP") && Same("clusterIPs"))
            {
                spec.Remove("clusterIP");
                spec.Remove("clusterIPs");
            }

            DropSame("ipFamilies");
            DropSame("ipFamilyPolicy");
        }

        if (NeedsNodePort(old) && !NeedsNodePort(spec) && NodePorts(old).SequenceEqual(NodePorts(spec)))
        {
            foreach (var port in spec.Objects("ports"))
            {
                port.Remove("nodePort");
            }
        }

        if (NeedsHealthCheck(old) && !NeedsHealthCheck(spec))
        {
            DropSame("healthCheckNodePort");
        }

        if (old.TextOf("type") == "LoadBalancer" && spec.TextOf("type") != "LoadBalancer")
        {
            DropSame("allocateLoadBalancerNodePorts");
            DropSame("loadBalancerClass");
        }

        if (ServiceDefaults.IsReachableFromOutside(old) && !ServiceDefaults.IsReachableFromOutside(spec))
        {
            DropSame("externalTrafficPolicy");
        }

        if (spec.TextOf("type") != "LoadBalancer" && obj.Object("status") is { } status)
        {
            status["loadBalancer"] = new JsonObject();
        }

        bool Same(string field) => JsonValues.Same(spec[field], old[field]);

        void DropSame(string field)
        {
            if (Same(field))
            {
                spec.Remove(field);
            }
        }
    }

    private static bool NeedsClusterIP(JsonObject spec) => spec.TextOf("type") is "ClusterIP" or "NodePort" or "LoadBalancer";

    private static bool NeedsNodePort(JsonObject spec) => spec.TextOf("type") == "NodePort"
        || (spec.TextOf("type") == "LoadBalancer" && spec["allocateLoadBalancerNodePorts"].AsFlag() != false);

    private static bool NeedsHealthCheck(JsonObject spec) =>
        spec.TextOf("type") == "LoadBalancer" && spec.TextOf("externalTrafficPolicy") == "Local";

    private static IEnumerable<long> NodePorts(JsonObject spec) =>
        spec.Objects("ports").Select(port => port.NumberOf("nodePort") ?? 0).Where(port => port > 0).Order();
}
