using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Defaults;

/// <summary>The two fields for the source of a claim say the same.</summary>
internal static class ClaimPreparation
{
    public static void NormalizeSources(JsonObject spec)
    {
        if (spec.Object("dataSource") is { } source && !spec.Has("dataSourceRef"))
        {
            spec["dataSourceRef"] = source.DeepClone();
        }
        else if (spec.Object("dataSourceRef") is { } reference && !spec.Has("dataSource") && reference.TextOf("namespace").Length == 0)
        {
            spec["dataSource"] = reference.DeepClone();
        }
    }
}
