using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>Fields of Services that do nothing, or will not for long.</summary>
internal static class ServiceWarnings
{
    public static IEnumerable<string> Of(JsonObject service)
    {
        if (service["metadata"]?["annotations"] is JsonObject annotations && annotations.ContainsKey("service.kubernetes.io/topology-aware-hints"))
        {
            yield return "annotation service.kubernetes.io/topology-aware-hints is deprecated, please use service.kubernetes.io/topology-mode instead";
        }

        var spec = service.ObjectOrNew("spec");
        var isExternal = spec.TextOf("type") == "ExternalName";
        var isHeadless = spec.TextOf("type") == "ClusterIP" && spec.TextOf("clusterIP") == "None";
        var hasExternalAddresses = spec.Array("externalIPs") is { Count: > 0 };
        if (isHeadless)
        {
            if (spec.TextOf("loadBalancerIP").Length > 0)
            {
                yield return "spec.loadBalancerIP is ignored for headless services";
            }

            if (hasExternalAddresses)
            {
                yield return "spec.externalIPs is ignored for headless services";
            }

            if (spec.TextOf("sessionAffinity") != "None")
            {
                yield return "spec.SessionAffinity is ignored for headless services";
            }
        }

        if (hasExternalAddresses && !isHeadless && !isExternal)
        {
            yield return "spec.externalIPs is deprecated and may no longer be implemented in some clusters";
        }

        if (hasExternalAddresses && isExternal)
        {
            yield return "spec.externalIPs is ignored when spec.type is \"ExternalName\"";
        }

        if (!isExternal && spec.TextOf("externalName").Length > 0)
        {
            yield return "spec.externalName is ignored when spec.type is not \"ExternalName\"";
        }

        if (spec.TextOf("trafficDistribution") == "PreferClose")
        {
            yield return "spec.trafficDistribution: \"PreferClose\" is deprecated; use \"PreferSameZone\"";
        }
    }
}
