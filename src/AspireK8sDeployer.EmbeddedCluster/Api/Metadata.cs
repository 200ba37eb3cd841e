using System.Globalization;
using System.Text.Json.Nodes;

namespace AspireK8sDeployer.EmbeddedCluster.Api;

/// <summary>Reads and writes the <c>metadata</c> of an object.</summary>
internal static class Metadata
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>The metadata; made when missing, or when it is not an object at all.</summary>
    public static JsonObject MetadataOf(this JsonObject obj)
    {
        if (obj["metadata"] is JsonObject metadata)
        {
            return metadata;
        }

        metadata = [];
        obj["metadata"] = metadata;
        return metadata;
    }

    public static string Text(this JsonObject obj, string field) =>
        obj[field] is JsonValue value && value.TryGetValue(out string? text) ? text : "";

    public static long? Number(this JsonObject obj, string field) =>
        obj[field] is JsonValue value && value.TryGetValue(out long number) ? number : null;

    public static IReadOnlyList<string> Texts(this JsonObject obj, string field) =>
        obj[field] is JsonArray array ? [.. array.Select(item => item is JsonValue value && value.TryGetValue(out string? text) ? text : "")] : [];

    public static bool IsBeingDeleted(this JsonObject obj) => obj.MetadataOf()["deletionTimestamp"] is not null;

    /// <summary>As all timestamps of metadata are written: UTC, whole seconds.</summary>
    public static string Timestamp(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    public static DateTimeOffset? ParseTimestamp(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    public static void SetTexts(this JsonObject obj, string field, IReadOnlyCollection<string> values)
    {
        if (values.Count == 0)
        {
            obj.Remove(field);
        }
        else
        {
            obj[field] = new JsonArray([.. values.Select(value => (JsonNode)value)]);
        }
    }
}
