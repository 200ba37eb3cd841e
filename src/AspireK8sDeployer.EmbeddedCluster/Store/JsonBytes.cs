using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AspireK8sDeployer.EmbeddedCluster.Store;

/// <summary>JSON as a Kubernetes server writes it: no blanks, nothing escaped that need not be.</summary>
internal static class JsonBytes
{
    private static readonly JsonWriterOptions Writing = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,

        // As deep as what a request body may hold.
        MaxDepth = 10_000,
    };

    public static byte[] Of(JsonNode node)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Writing))
        {
            node.WriteTo(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }
}
