using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Resources;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

internal static class ObjectValidation
{
    public static IReadOnlyList<FieldError> Create(ResourceDefinition resource, JsonObject obj) => [];

    public static IReadOnlyList<FieldError> Update(ResourceDefinition resource, JsonObject obj, JsonObject old, string? subresource) => [];
}
