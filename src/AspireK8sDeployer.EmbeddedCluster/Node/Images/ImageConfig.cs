using System.Text.Json;
using System.Text.Json.Serialization;

namespace AspireK8sDeployer.EmbeddedCluster.Node.Images;

/// <summary>What an image says about how it is run.</summary>
internal sealed record ImageConfig
{
    [JsonPropertyName("User")]
    public string? User { get; init; }

    [JsonPropertyName("Env")]
    public IReadOnlyList<string>? Env { get; init; }

    [JsonPropertyName("Entrypoint")]
    public IReadOnlyList<string>? Entrypoint { get; init; }

    [JsonPropertyName("Cmd")]
    public IReadOnlyList<string>? Cmd { get; init; }

    [JsonPropertyName("WorkingDir")]
    public string? WorkingDir { get; init; }

    /// <summary>Reads the <c>config</c> member of an image's configuration blob.</summary>
    public static ImageConfig Parse(ReadOnlySpan<byte> blob) => JsonSerializer.Deserialize<Document>(blob)?.Config ?? new ImageConfig();

    private sealed record Document([property: JsonPropertyName("config")] ImageConfig? Config);
}
