using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.ManagedFields;

/// <summary>Takes paths out of an object.</summary>
internal static class TypedRemoval
{
    public static JsonObject Without(SchemaType type, JsonObject obj, FieldSet removed) =>
        removed.IsEmpty ? obj : Fields(type, obj, removed) ?? [];

    private static JsonNode? Value(SchemaType? type, JsonNode? value, FieldSet removed) => (type, value) switch
    {
        (StructType { Atomic: false } or MapType { Atomic: false }, JsonObject { Count: > 0 } obj) => Fields(type, obj, removed),
        (AnyType, JsonObject { Count: > 0 } obj) when ReferenceEquals(type, AnyType.Granular) => Fields(type, obj, removed),
        (ListType { Sharing: not ListSharing.Atomic } list, JsonArray { Count: > 0 } array) => Items(list, array, removed),
        (StructType or MapType or ListType, _) => null,
        _ => value?.DeepClone(),
    };

    private static JsonObject? Fields(SchemaType? type, JsonObject obj, FieldSet removed)
    {
        var result = new JsonObject();
        var reached = false;
        foreach (var (name, value) in obj)
        {
            var element = PathElement.Field(name);
            if (removed.Contains(element))
            {
                continue;
            }

            var below = removed.Below(element);
            reached |= below is not null;
            result[name] = below is null ? value?.DeepClone() : Inside(TypedShape.Field(type, name), value, below);
        }

        return result.Count > 0 || reached ? result : null;
    }

    private static JsonArray? Items(ListType type, JsonArray array, FieldSet removed)
    {
        var result = new JsonArray();
        var reached = false;
        foreach (var item in array)
        {
            var element = PathElement.Item(type, item);
            if (removed.Contains(element))
            {
                continue;
            }

            var below = removed.Below(element);
            reached |= below is not null;
            result.Add(below is null ? item?.DeepClone() : Inside(type.Element, item, below));
        }

        return result.Count > 0 || reached ? result : null;
    }

    /// <summary>What is taken out lies inside the value, so that the value stays, if need be empty.</summary>
    private static JsonNode? Inside(SchemaType? type, JsonNode? value, FieldSet removed) =>
        Value(type, value, removed) ?? value switch
        {
            JsonObject => new JsonObject(),
            JsonArray => new JsonArray(),
            _ => null,
        };
}
