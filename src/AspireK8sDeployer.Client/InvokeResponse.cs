using System.Text.Json;
using System.Text.Json.Serialization;

namespace AspireK8sDeployer.Client;

/// <summary>The answer to <c>POST /invoke</c>, whether the run succeeded or not.</summary>
public sealed record InvokeResponse
{
    /// <summary>Whether the run completed.</summary>
    [JsonPropertyName("success")]
    public required bool Success { get; init; }

    /// <summary>
    /// What the pipeline returned: its members when it returned an object, otherwise one member named
    /// <see cref="PipelineDefaults.OutputName"/>. Null when the run failed.
    /// </summary>
    [JsonPropertyName("outputs")]
    public JsonElement? Outputs { get; init; }

    /// <summary>How long the run took, in seconds.</summary>
    [JsonPropertyName("execution_time")]
    public double ExecutionTime { get; init; }

    /// <summary>What ran.</summary>
    [JsonPropertyName("metadata")]
    public InvokeMetadata Metadata { get; init; } = new();

    /// <summary>What went wrong, in words meant for the caller. Null when the run succeeded.</summary>
    [JsonPropertyName("error")]
    public string? Error { get; init; }
}
