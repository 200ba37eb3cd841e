using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AspireK8sDeployer.Client;

namespace AspireK8sDeployer.Hosting.Steps;

/// <summary>A line that invokes a pipeline, with a value for every parameter that it cannot do without.</summary>
internal static class ExampleInvocation
{
    private static readonly TimeSpan InfoTimeout = TimeSpan.FromSeconds(5);

    // What is shown is for a shell, not for a web page.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The curl line. A pipeline that cannot be asked for its schema gets one without parameters.</summary>
    public static async Task<string> CurlAsync(Uri url, CancellationToken cancellationToken)
    {
        var schema = await SchemaAsync(url, cancellationToken).ConfigureAwait(false);
        return Curl(url, schema is { } known ? ParametersOf(known) : []);
    }

    internal static string Curl(Uri url, JsonObject parameters)
    {
        var body = new JsonObject { ["parameters"] = parameters }.ToJsonString(Readable).Replace("'", "'\\''", StringComparison.Ordinal);
        return $"curl -X POST {url.AbsoluteUri.TrimEnd('/')}{PipelinePaths.Invoke} -H 'content-type: application/json' -d '{body}'";
    }

    internal static JsonObject ParametersOf(JsonElement schema)
    {
        var parameters = new JsonObject();
        if (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("required", out var required) && schema.TryGetProperty("properties", out var properties))
        {
            foreach (var name in required.EnumerateArray().Select(item => item.GetString()!))
            {
                parameters[name] = properties.TryGetProperty(name, out var property) ? ValueOf(name, property) : null;
            }
        }

        return parameters;
    }

    private static JsonNode? ValueOf(string name, JsonElement schema)
    {
        if (schema.TryGetProperty("default", out var value)
            || (schema.TryGetProperty("enum", out var choices) && First(choices, out value))
            || (schema.TryGetProperty("examples", out var examples) && First(examples, out value)))
        {
            return JsonNode.Parse(value.GetRawText());
        }

        return TypeOf(schema) switch
        {
            "string" => name.Contains("name", StringComparison.OrdinalIgnoreCase) ? "Ada" : "text",
            "integer" or "number" => schema.TryGetProperty("minimum", out var minimum) ? JsonNode.Parse(minimum.GetRawText()) : 1,
            "boolean" => true,
            "array" => new JsonArray(),
            "object" => ParametersOf(schema),
            _ => null,
        };
    }

    private static string? TypeOf(JsonElement schema) => schema.TryGetProperty("type", out var type) switch
    {
        true when type.ValueKind == JsonValueKind.String => type.GetString(),
        true when type.ValueKind == JsonValueKind.Array => type.EnumerateArray().Select(item => item.GetString()).FirstOrDefault(item => item != "null"),
        _ => null,
    };

    private static bool First(JsonElement array, out JsonElement value)
    {
        value = array.ValueKind == JsonValueKind.Array ? array.EnumerateArray().FirstOrDefault() : default;
        return value.ValueKind != JsonValueKind.Undefined;
    }

    private static async Task<JsonElement?> SchemaAsync(Uri url, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = url, Timeout = InfoTimeout };
        try
        {
            var info = await new PipelineClient(http).GetInfoAsync(cancellationToken).ConfigureAwait(false);
            return info.Pipeline.InputSchema;
        }
        catch (Exception unavailable) when (unavailable is HttpRequestException or PipelineClientException or JsonException
            || (unavailable is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }
}
