using System.Net;
using System.Net.Sockets;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AspireK8sDeployer.Client;
using AspireK8sDeployer.Engine.Endpoint;

namespace AspireK8sDeployer.Hosting.Steps;

/// <summary>A line that invokes a pipeline, with a value for every parameter that it cannot do without.</summary>
internal static class ExampleInvocation
{
    private static readonly TimeSpan InfoTimeout = TimeSpan.FromSeconds(5);

    // What is shown is for a shell, not for a web page.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The curl line. A pipeline that cannot be asked for its schema gets one without parameters.</summary>
    public static Task<string> CurlAsync(Uri url, CancellationToken cancellationToken) =>
        CurlAsync(new PipelineEndpoint(url, "", Verified: true), key: null, cancellationToken);

    /// <summary>The curl line for an endpoint, which reaches it also where DNS does not know its host.</summary>
    public static async Task<string> CurlAsync(PipelineEndpoint endpoint, CallerKey? key, CancellationToken cancellationToken)
    {
        var schema = await SchemaAsync(endpoint, key, cancellationToken).ConfigureAwait(false);
        return Curl(endpoint, schema is { } known ? ParametersOf(known) : [], key);
    }

    internal static string Curl(Uri url, JsonObject parameters, CallerKey? key = null) => Curl(new PipelineEndpoint(url, "", Verified: true), parameters, key);

    internal static string Curl(PipelineEndpoint endpoint, JsonObject parameters, CallerKey? key = null)
    {
        var body = new JsonObject { ["parameters"] = parameters }.ToJsonString(Readable).Replace("'", "'\\''", StringComparison.Ordinal);
        var insecure = endpoint.CertificateProblem is null ? "" : "--insecure ";
        return $"curl {insecure}{Pin(endpoint)}-X POST {endpoint.Url.AbsoluteUri.TrimEnd('/')}{PipelinePaths.Invoke}{key?.CurlOption} -H 'content-type: application/json' -d '{body}'";
    }

    // An address stands for the host as DNS would give it; another name is connected to instead.
    private static string Pin(PipelineEndpoint endpoint)
    {
        if (endpoint.Address is not { } address)
        {
            return "";
        }

        var origin = $"{endpoint.Url.Host}:{endpoint.Url.Port}";
        return IPAddress.TryParse(address, out var ip)
            ? $"--resolve {origin}:{(ip.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{ip}]" : $"{ip}")} "
            : $"--connect-to {origin}:{address}:{endpoint.Url.Port} ";
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

    private static async Task<JsonElement?> SchemaAsync(PipelineEndpoint endpoint, CallerKey? key, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(endpoint.CreateHandler()) { BaseAddress = endpoint.Url, Timeout = InfoTimeout };
        try
        {
            var info = await new PipelineClient(http) { Key = key?.Value }.GetInfoAsync(cancellationToken).ConfigureAwait(false);
            return info.Pipeline.InputSchema;
        }
        catch (Exception unavailable) when (unavailable is HttpRequestException or PipelineClientException or JsonException
            || (unavailable is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }
}
