using System.Text.Json.Serialization;

namespace AspireK8sDeployer.Client;

/// <summary>What a deployment was made from.</summary>
public sealed record SnapshotInfo
{
    /// <summary>The snapshot's id.</summary>
    [JsonPropertyName("id")]
    public string? Id { get; init; }

    /// <summary>The snapshot's name.</summary>
    [JsonPropertyName("name")]
    public string? Name { get; init; }
}
