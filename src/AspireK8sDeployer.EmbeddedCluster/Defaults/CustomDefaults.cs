using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Defaults;

/// <summary>The defaults that a custom resource's schema names.</summary>
internal static class CustomDefaults
{
    public static void Apply(SchemaType type, JsonNode? value)
    {
        switch (type, value)
        {
            case (StructType { Native: false } known, JsonObject obj):
                Fields(known, obj);
                break;
            case (MapType map, JsonObject obj):
                foreach (var (_, element) in obj)
                {
                    Apply(map.Element, element);
                }

                break;
            case (ListType list, JsonArray array):
                foreach (var element in array)
                {
                    Apply(list.Element, element);
                }

                break;
        }
    }

    private static void Fields(StructType type, JsonObject obj)
    {
        foreach (var field in type.Fields.Values)
        {
            if (obj[field.Name] is null && field.Default is { } standard)
            {
                obj[field.Name] = standard.DeepClone();
            }

            Apply(field.Type, obj[field.Name]);
        }
    }
}
