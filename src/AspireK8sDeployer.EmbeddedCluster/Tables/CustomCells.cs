using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;

namespace AspireK8sDeployer.EmbeddedCluster.Tables;

/// <summary>The lines of custom resources: the paths that their definition names.</summary>
internal static class CustomCells
{
    public static JsonNode?[] Of(JsonObject obj, JsonObject version, DateTimeOffset now) =>
    [
        obj.MetadataOf().Text("name"),
        .. Columns.Additional(version).Select(column => Value(obj, column, now)),
    ];

    private static JsonNode? Value(JsonObject obj, JsonObject column, DateTimeOffset now)
    {
        var found = SimpleJsonPath.Find(obj, column.Text("jsonPath"));
        if (found is null)
        {
            return null;
        }

        switch (column.Text("type"))
        {
            case "date":
                return Cell.Since(found.ToString(), now);
            case "string":
                return found is JsonValue ? found.ToString() : found.ToJsonString();
            case "integer":
                return found is JsonValue integer && integer.TryGetValue(out double whole) ? (long)whole : null;
            case "number":
                return found is JsonValue number && number.TryGetValue(out double value) ? value : null;
            case "boolean":
                return found is JsonValue flag && flag.TryGetValue(out bool on) ? on : null;
            default:
                return null;
        }
    }
}
