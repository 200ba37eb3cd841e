using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Serving.Schema;

/// <summary>Makes up values that fit a schema, to show what an invocation looks like.</summary>
internal static class SchemaExample
{
    private const int Deepest = 5;

    /// <summary>The parameters that must be given, each with a value of its type.</summary>
    public static JsonObject OfParameters(JsonNode inputSchema) => OfObject(inputSchema.AsObject(), depth: 0);

    private static JsonNode? Of(JsonNode? schema, int depth)
    {
        if (schema is not JsonObject members || depth > Deepest)
        {
            return null;
        }

        if (members["enum"] is JsonArray { Count: > 0 } values)
        {
            return values[0]?.DeepClone();
        }

        return TypeOf(members) switch
        {
            "object" => OfObject(members, depth),
            "array" => new JsonArray(),
            "string" => OfString(members),
            "integer" or "number" => members["minimum"]?.DeepClone() ?? 1,
            "boolean" => true,
            _ => null,
        };
    }

    private static JsonObject OfObject(JsonObject schema, int depth)
    {
        var required = schema["required"]?.AsArray().Select(name => name!.GetValue<string>()) ?? [];
        return new JsonObject(required.Select(
            name => KeyValuePair.Create(name, Of(schema["properties"]?[name], depth + 1))));
    }

    private static JsonNode OfString(JsonObject schema) => schema["format"]?.GetValue<string>() switch
    {
        "date-time" => "2026-01-31T12:30:00Z",
        "date" => "2026-01-31",
        "time" => "12:30:00",
        "uuid" => "6f9619ff-8b86-d011-b42d-00c04fc964ff",
        "uri" => "https://example.com/",
        "email" => "ada@example.com",
        _ => "Ada",
    };

    private static string? TypeOf(JsonObject schema) => schema["type"] switch
    {
        JsonArray types => types.Select(type => type!.GetValue<string>()).FirstOrDefault(type => type != "null"),
        JsonValue type => type.GetValue<string>(),
        _ => null,
    };
}
