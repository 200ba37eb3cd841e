using System.Text.Json;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Registry;

namespace AspireK8sDeployer.EmbeddedCluster.Node.Images;

/// <summary>What an image consists of; sizes as the manifest states them.</summary>
internal sealed record ImageManifest(ContentDigest Config, IReadOnlyList<ContentDigest> Layers, long Size)
{
    /// <summary>The manifest for this machine that an index names; null when the document is no index.</summary>
    public static ContentDigest? SelectFromIndex(JsonObject document)
    {
        if (document["manifests"] is not JsonArray entries)
        {
            return null;
        }

        var match = entries.OfType<JsonObject>().FirstOrDefault(entry =>
            entry["platform"]?["os"]?.ToString() == "linux" && entry["platform"]?["architecture"]?.ToString() == EmptyBaseImage.Architecture());
        return ContentDigest.TryParse(match?["digest"]?.ToString(), out var digest)
            ? digest
            : throw new InvalidDataException($"no match for platform in manifest: linux/{EmptyBaseImage.Architecture()}: not found");
    }

    public static JsonObject ParseDocument(byte[] content)
    {
        try
        {
            return JsonNode.Parse(content) as JsonObject ?? throw new InvalidDataException("the manifest is no JSON object");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("the manifest is not JSON", e);
        }
    }

    public static ImageManifest Parse(JsonObject document)
    {
        var layers = (document["layers"] as JsonArray ?? []).OfType<JsonObject>().ToArray();
        return new ImageManifest(
            Digest(document["config"]),
            [.. layers.Select(Digest)],
            layers.Append(document["config"]).Sum(entry => entry?["size"]?.GetValue<long>() ?? 0));
    }

    private static ContentDigest Digest(JsonNode? entry) => ContentDigest.TryParse(entry?["digest"]?.ToString(), out var digest)
        ? digest
        : throw new InvalidDataException("the manifest names content without a digest");
}
