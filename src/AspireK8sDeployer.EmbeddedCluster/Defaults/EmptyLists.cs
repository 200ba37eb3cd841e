using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Defaults;

/// <summary>Lists that every object shows: an empty one is shown as null, for storing does not tell the two apart.</summary>
internal static class EmptyLists
{
    public static void ToNull(SchemaType type, JsonNode? value)
    {
        switch (type, value)
        {
            case (StructType { Native: true } known, JsonObject obj):
                Fields(known, obj);
                break;
            case (ListType { Element: StructType } list, JsonArray array):
                foreach (var item in array)
                {
                    ToNull(list.Element, item);
                }

                break;
        }
    }

    private static void Fields(StructType type, JsonObject obj)
    {
        foreach (var field in type.Always)
        {
            if (field.Type is ListType or MapType && obj[field.Name] is JsonArray { Count: 0 } or JsonObject { Count: 0 })
            {
                obj[field.Name] = null;
            }
        }

        foreach (var (name, value) in obj)
        {
            if (value is JsonObject or JsonArray && type.Find(name) is { } field)
            {
                ToNull(field.Type, value);
            }
        }
    }
}
