using System.Text.Json;
using System.Text.Json.Nodes;

namespace AspireK8sDeployer.EmbeddedCluster.Schema;

/// <summary>Reads JSON that no schema governs.</summary>
internal static class JsonBody
{
    /// <summary>Parses any JSON; of a key that appears twice the last value counts.</summary>
    /// <exception cref="DecodeException">It is not JSON; the message is the server's.</exception>
    public static JsonNode? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, BodyDecoder.ReaderOptions);
            reader.Read();
            var value = BodyDecoder.Any(ref reader);
            reader.Read();
            return value;
        }
        catch (JsonException)
        {
            throw new DecodeException(JsonSyntax.Problem(json) ?? "exceeded max depth");
        }
    }

    public static bool StartsObject(ReadOnlySpan<byte> body)
    {
        var text = body.TrimStart(" \t\r\n"u8);
        return text.Length > 0 && text[0] == '{';
    }

    /// <summary>How the server names the type of a value that it did not expect.</summary>
    public static string TypeName(JsonNode? value) => value switch
    {
        JsonObject => "object",
        JsonArray => "array",
        null => "null",
        _ => value.GetValueKind() switch
        {
            JsonValueKind.String => "string",
            JsonValueKind.Number => "number",
            _ => "bool",
        },
    };
}
