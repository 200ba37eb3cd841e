using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Resources;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

internal static class ObjectWarnings
{
    public static IReadOnlyList<string> Of(ResourceDefinition resource, JsonObject obj, JsonObject? old) => [];
}
