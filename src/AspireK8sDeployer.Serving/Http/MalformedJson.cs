using System.Globalization;
using System.Text.Json;

namespace AspireK8sDeployer.Serving.Http;

/// <summary>Says where a body stops being JSON.</summary>
internal static class MalformedJson
{
    // The reader's own message goes on about its options; its position is what helps. Ours have none, and say all.
    public static string Describe(JsonException exception, int length) => exception switch
    {
        _ when length == 0 => "The body is empty. Send at least {}.",
        { LineNumber: { } line, BytePositionInLine: { } position } => string.Create(
            CultureInfo.InvariantCulture, $"The body is not JSON: line {line + 1}, byte {position + 1}."),
        _ => $"The body cannot be read: {exception.Message}",
    };
}
