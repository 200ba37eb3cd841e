using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Validation;

namespace AspireK8sDeployer.EmbeddedCluster.Schema;

/// <summary>What the server knows about the contents of each kind. Provisional: the schema replaces this file.</summary>
internal static class ObjectTypes
{
    public static void Default(ResourceDefinition resource, JsonObject obj) => _ = (resource, obj);

    public static void PrepareForCreate(ResourceDefinition resource, JsonObject obj)
    {
        if (resource.HasStatus && obj["spec"] is not null)
        {
            obj["metadata"]!["generation"] = 1;
            obj.Remove("status");
        }
    }

    public static void PrepareForUpdate(ResourceDefinition resource, JsonObject obj, JsonObject old, string? subresource = null)
    {
        var metadata = obj["metadata"]!.AsObject();
        foreach (var field in (string[])["uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation"])
        {
            metadata.Remove(field);
            if (old["metadata"]![field] is { } value)
            {
                metadata[field] = value.DeepClone();
            }
        }

        if (!resource.HasStatus)
        {
            return;
        }

        foreach (var field in subresource == "status" ? obj.Select(f => f.Key).Where(f => f is not ("metadata" or "status")).ToList() : ["status"])
        {
            obj[field] = old[field]?.DeepClone();
        }

        if (obj["spec"] is { } spec && !JsonNode.DeepEquals(spec, old["spec"]) && (long?)metadata["generation"] is { } generation)
        {
            metadata["generation"] = generation + 1;
        }
    }

    public static IReadOnlyList<FieldError> ValidateCreate(ResourceDefinition resource, JsonObject obj) => resource is null || obj is null ? [] : [];

    public static IReadOnlyList<FieldError> ValidateUpdate(ResourceDefinition resource, JsonObject obj, JsonObject old, string? subresource = null) =>
        resource is null || obj is null || old is null || subresource is null ? [] : [];
}
