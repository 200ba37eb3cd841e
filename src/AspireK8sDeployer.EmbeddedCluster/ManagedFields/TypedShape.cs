using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.ManagedFields;

/// <summary>How a value takes part in ownership: what has owners of its own inside it, and what is owned as a whole.</summary>
internal enum Shape
{
    Leaf,
    Fields,
    Items,
}

/// <summary>Tells the <see cref="Shape"/> of a value.</summary>
internal static class TypedShape
{
    public static Shape Of(SchemaType? type, JsonNode? left, JsonNode? right)
    {
        switch (type)
        {
            case StructType { Atomic: false } or MapType { Atomic: false }:
                return IsEmpty(left) && IsEmpty(right) ? Shape.Leaf : Shape.Fields;
            case ListType { Sharing: not ListSharing.Atomic }:
                return IsEmpty(left) && IsEmpty(right) ? Shape.Leaf : Shape.Items;
            case AnyType when ReferenceEquals(type, AnyType.Granular):
                var isObject = (left ?? right) is JsonObject && (right ?? left) is JsonObject;
                return isObject && !(IsEmpty(left) && IsEmpty(right)) ? Shape.Fields : Shape.Leaf;
            default:
                return Shape.Leaf;
        }
    }

    /// <summary>The type of a field of an object.</summary>
    public static SchemaType? Field(SchemaType? type, string name) => type switch
    {
        StructType known => known.Find(name)?.Type ?? (known.PreservesUnknown ? AnyType.Granular : null),
        MapType map => map.Element,
        _ => AnyType.Granular,
    };

    public static bool IsDeclared(SchemaType? type, string name) => type is StructType known && known.Find(name) is not null;

    private static bool IsEmpty(JsonNode? node) => node switch
    {
        JsonObject obj => obj.Count == 0,
        JsonArray array => array.Count == 0,
        _ => true,
    };
}
