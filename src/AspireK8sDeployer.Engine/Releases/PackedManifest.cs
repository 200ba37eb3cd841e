using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Render;

namespace AspireK8sDeployer.Engine.Releases;

/// <summary>Objects as a release keeps them: as JSON, compressed, and without the values of Secrets, which are in the Secrets themselves.</summary>
internal static class PackedManifest
{
    private const int DigestLength = 16;

    public static byte[] Pack(RenderedManifest manifest) => Compress(ToJson(manifest));

    /// <summary>The objects; null when it is none that we wrote.</summary>
    public static RenderedManifest? Unpack(byte[] packed)
    {
        try
        {
            using var unpacked = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
            return JsonNode.Parse(unpacked) is JsonArray objects && objects.OfType<JsonObject>().Select(Read).ToList() is { Count: > 0 } found
                ? new RenderedManifest(found)
                : null;
        }
        catch (Exception failure) when (failure is InvalidDataException or JsonException or InvalidOperationException or IOException)
        {
            return null;
        }
    }

    /// <summary>Tells what is deployed from what is deployed otherwise. The values of Secrets count where they are in the Secret's name.</summary>
    public static string DigestOf(RenderedManifest manifest) => Convert.ToHexStringLower(SHA256.HashData(ToJson(manifest)))[..DigestLength];

    internal static byte[] Compress(ReadOnlySpan<byte> content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    private static byte[] ToJson(RenderedManifest manifest) =>
        JsonSerializer.SerializeToUtf8Bytes(new JsonArray([.. manifest.Objects.Select(item => (JsonNode)WithoutValues(item.Body))]));

    private static JsonObject WithoutValues(JsonObject body)
    {
        var copy = (JsonObject)body.DeepClone();
        if (SecretObject.Is(copy))
        {
            copy.Remove("data");
            copy.Remove("stringData");
        }

        return copy;
    }

    private static RenderedObject Read(JsonObject body)
    {
        var metadata = body["metadata"] ?? throw new JsonException("an object without metadata");
        return new RenderedObject(
            new ObjectId((string)body["apiVersion"]!, (string)body["kind"]!, (string?)metadata["namespace"], (string)metadata["name"]!), body);
    }
}
