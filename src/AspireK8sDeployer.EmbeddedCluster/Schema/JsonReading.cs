using System.Text.Json;
using System.Text.Json.Nodes;

namespace AspireK8sDeployer.EmbeddedCluster.Schema;

/// <summary>Reads decoded objects without ceremony: what is absent, null or of another type reads as nothing.</summary>
internal static class JsonReading
{
    public static JsonObject? Object(this JsonObject obj, string name) => obj[name] as JsonObject;

    /// <summary>The object at <paramref name="name"/>; made when it is not there.</summary>
    public static JsonObject ObjectOrNew(this JsonObject obj, string name)
    {
        if (obj[name] is JsonObject existing)
        {
            return existing;
        }

        var created = new JsonObject();
        obj[name] = created;
        return created;
    }

    public static JsonArray? Array(this JsonObject obj, string name) => obj[name] as JsonArray;

    /// <summary>The objects in the list at <paramref name="name"/>.</summary>
    public static IEnumerable<JsonObject> Objects(this JsonObject obj, string name) =>
        obj[name] is JsonArray array ? array.OfType<JsonObject>() : [];

    /// <summary>The texts in the list at <paramref name="name"/>.</summary>
    public static IEnumerable<string> TextsOf(this JsonObject obj, string name) =>
        obj[name] is JsonArray array ? array.Select(item => item.AsText() ?? "") : [];

    /// <summary>The text at <paramref name="name"/>, empty when there is none.</summary>
    public static string TextOf(this JsonObject obj, string name) => obj[name].AsText() ?? "";

    public static string? AsText(this JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    public static bool Flag(this JsonObject obj, string name) => obj[name].AsFlag() ?? false;

    public static bool? AsFlag(this JsonNode? node) => node is JsonValue value && value.TryGetValue(out bool flag) ? flag : null;

    public static long? NumberOf(this JsonObject obj, string name) => obj[name].AsNumber();

    public static long? AsNumber(this JsonNode? node)
    {
        if (node is not JsonValue value)
        {
            return null;
        }

        if (value.TryGetValue(out long number))
        {
            return number;
        }

        if (value.TryGetValue(out int small))
        {
            return small;
        }

        return value.TryGetValue(out double real) && Math.Abs(real) < long.MaxValue && Math.Truncate(real) == real ? (long)real : null;
    }

    /// <summary>True when a value is there and is not null.</summary>
    public static bool Has(this JsonObject obj, string name) => obj[name] is not null;

    public static bool IsText(this JsonNode? node) => node is JsonValue && node.GetValueKind() == JsonValueKind.String;
}
