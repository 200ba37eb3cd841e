using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Resources;

namespace AspireK8sDeployer.EmbeddedCluster.Tables;

/// <summary>The columns of each kind, from <c>columns.json</c>; of custom resources, from their definition.</summary>
internal static class Columns
{
    private static readonly JsonObject Table = Load();
    private static readonly ConcurrentDictionary<string, JsonArray> Definitions = new();

    /// <summary>A copy of the column definitions.</summary>
    public static JsonArray Of(ResourceDefinition resource) => resource.CustomVersion is { } version
        ? Custom(version)
        : Definitions.GetOrAdd(resource.GroupResource, BuiltIn).DeepClone().AsArray();

    /// <summary>The columns that a custom resource's definition adds; just the age when it has none.</summary>
    public static IReadOnlyList<JsonObject> Additional(JsonObject version) =>
        version["additionalPrinterColumns"] is JsonArray { Count: > 0 } columns
            ? [.. columns.OfType<JsonObject>()]
            : [new JsonObject { ["name"] = "Age", ["type"] = "date", ["jsonPath"] = ".metadata.creationTimestamp", ["description"] = Shared("$age") }];

    private static JsonArray Custom(JsonObject version)
    {
        var columns = new JsonArray(Column("Name", "string", "name", 0, Shared("$name")));
        foreach (var column in Additional(version))
        {
            var description = column.Text("description");
            columns.Add((JsonNode)Column(
                column.Text("name"),
                column.Text("type"),
                column.Text("format"),
                column.Number("priority"),
                description.Length > 0 ? description : $"Custom resource definition column (in JSONPath format): {column.Text("jsonPath")}"));
        }

        return columns;
    }

    private static JsonArray BuiltIn(string groupResource)
    {
        var rows = (JsonArray)(Table[groupResource] ?? Table[""])!;
        return new JsonArray([.. rows.Select(row => Column(
            (string)row![0]!, (string)row[1]!, (string)row[2]!, (long)row[3]!, Shared((string)row[4]!)))]);
    }

    private static string Shared(string description) => description.StartsWith('$') ? (string)Table[description]! : description;

    private static JsonObject Column(string name, string type, string format, long priority, string description) => new()
    {
        ["name"] = name,
        ["type"] = type,
        ["format"] = format,
        ["description"] = description,
        ["priority"] = priority,
    };

    private static JsonObject Load()
    {
        using var stream = typeof(Columns).Assembly.GetManifestResourceStream("columns.json")!;
        return JsonSerializer.Deserialize<JsonObject>(stream)!;
    }
}
