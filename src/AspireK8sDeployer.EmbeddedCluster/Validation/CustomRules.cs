using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Resources;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

internal static class CustomRules
{
    public static void Check(Findings findings, ResourceDefinition resource, JsonObject obj)
    {
        MetadataRules.Check(findings, obj, resource.Namespaced, NameRules.Subdomain);
    }
}
