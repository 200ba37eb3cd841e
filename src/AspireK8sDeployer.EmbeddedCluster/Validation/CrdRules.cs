using System.Text.Json.Nodes;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

internal static class CrdRules
{
    public static void Create(Findings findings, JsonObject obj)
    {
        MetadataRules.Check(findings, obj, namespaced: false, NameRules.Subdomain);
    }

    public static void Update(Findings findings, JsonObject obj, JsonObject old)
    {
        MetadataRules.CheckUpdate(findings, obj, old);
    }
}
