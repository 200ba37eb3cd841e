using System.Text.Json;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Resources;

namespace AspireK8sDeployer.EmbeddedCluster.Store;

/// <summary>One line of the journal: an object as it became, or (without <paramref name="Json"/>) its end.</summary>
internal sealed record JournalEntry(long Version, string Group, string ApiVersion, string Plural, string Namespace, string Name, byte[]? Json)
{
    public static JournalEntry? Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 10_000 });
            var entry = document.RootElement;
            return new JournalEntry(
                entry.GetProperty("rv").GetInt64(),
                entry.GetProperty("group").GetString()!,
                entry.GetProperty("version").GetString()!,
                entry.GetProperty("resource").GetString()!,
                entry.GetProperty("ns").GetString()!,
                entry.GetProperty("name").GetString()!,
                entry.TryGetProperty("object", out var json) ? JsonBytes.Of(JsonNode.Parse(json.GetRawText())!) : null);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    public ResourceDefinition? Find(ResourceTable table) => table.Find(Group, ApiVersion, Plural);

    /// <summary>The line, without its end.</summary>
    public byte[] ToLine()
    {
        var head = JsonBytes.Of(new JsonObject
        {
            ["rv"] = Version,
            ["group"] = Group,
            ["version"] = ApiVersion,
            ["resource"] = Plural,
            ["ns"] = Namespace,
            ["name"] = Name,
        });
        return Json is null ? head : [.. head.AsSpan(0, head.Length - 1), .. ",\"object\":"u8, .. Json, (byte)'}'];
    }
}
