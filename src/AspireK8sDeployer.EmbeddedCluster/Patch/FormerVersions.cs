using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Patch;

/// <summary>What the server makes of an object that a patch has put into a version that is no longer served.</summary>
internal static class FormerVersions
{
    /// <summary>Before <c>apps/v1</c>, workloads took the labels of their pods if they had none.</summary>
    public static void Default(JsonObject obj)
    {
        if (obj.TextOf("apiVersion") == "apps/v1beta1"
            && obj.Object("spec")?.Object("template")?.Object("metadata")?.Object("labels") is { Count: > 0 } labels
            && obj.ObjectOrNew("metadata") is var metadata
            && metadata.Object("labels") is null or { Count: 0 })
        {
            metadata["labels"] = labels.DeepClone();
        }
    }
}
