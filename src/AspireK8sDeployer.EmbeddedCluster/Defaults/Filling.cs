using System.Text.Json.Nodes;

namespace AspireK8sDeployer.EmbeddedCluster.Defaults;

/// <summary>Sets what is not set.</summary>
internal static class Filling
{
    public static void Fill(this JsonObject obj, string name, string value)
    {
        if (obj[name] is null || (value.Length > 0 && IsEmptyText(obj[name])))
        {
            obj[name] = value;
        }
    }

    public static void Fill(this JsonObject obj, string name, long value)
    {
        if (obj[name] is null)
        {
            obj[name] = value;
        }
    }

    public static void Fill(this JsonObject obj, string name, bool value)
    {
        if (obj[name] is null)
        {
            obj[name] = value;
        }
    }

    private static bool IsEmptyText(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) && text.Length == 0;
}
