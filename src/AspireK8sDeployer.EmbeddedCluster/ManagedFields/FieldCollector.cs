using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.ManagedFields;

/// <summary>The paths that an object sets: what its writer comes to own when it is applied.</summary>
internal static class FieldCollector
{
    public static FieldSet Collect(SchemaType type, JsonObject obj)
    {
        var set = new FieldSet();
        Collect(type, obj, set, []);
        return set;
    }

    private static void Collect(SchemaType? type, JsonNode? value, FieldSet set, List<string> path)
    {
        if (IsOwnedWhole(type, value))
        {
            set.Insert(path);
            return;
        }

        if (value is JsonArray array)
        {
            Items((ListType)type!, array, set, path);
        }
        else if (value is JsonObject obj)
        {
            Fields(type, obj, set, path);
        }
    }

    private static bool IsOwnedWhole(SchemaType? type, JsonNode? value) => type switch
    {
        StructType known => known.Atomic,
        MapType map => map.Atomic,
        ListType list => list.Sharing == ListSharing.Atomic,
        AnyType when ReferenceEquals(type, AnyType.Granular) => value is not JsonObject,
        _ => true,
    };

    private static void Fields(SchemaType? type, JsonObject obj, FieldSet set, List<string> path)
    {
        foreach (var (name, value) in obj)
        {
            path.Add(PathElement.Field(name));
            Collect(TypedShape.Field(type, name), value, set, path);
            if (value is null or JsonObject { Count: 0 } || !TypedShape.IsDeclared(type, name))
            {
                set.Insert(path);
            }

            path.RemoveAt(path.Count - 1);
        }
    }

    private static void Items(ListType type, JsonArray array, FieldSet set, List<string> path)
    {
        var elements = array.Select(item => PathElement.Item(type, item)).ToList();
        var duplicates = elements.GroupBy(element => element, StringComparer.Ordinal)
            .Where(group => group.Skip(1).Any())
            .Select(group => group.Key)
            .ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < array.Count; i++)
        {
            path.Add(elements[i]);
            if (!duplicates.Contains(elements[i]))
            {
                Collect(type.Element, array[i], set, path);
            }

            set.Insert(path);
            path.RemoveAt(path.Count - 1);
        }
    }
}
