using System.Text.Json;
using System.Text.Json.Serialization;

namespace AspireK8sDeployer.Client;

/// <summary>A pipeline and what it takes and gives.</summary>
public sealed record PipelineDescription
{
    /// <summary>The pipeline's name.</summary>
    [JsonPropertyName("name")]
    public string? Name { get; init; }

    /// <summary>The parameters that have a default, with it.</summary>
    [JsonPropertyName("parameters")]
    public JsonElement? Parameters { get; init; }

    /// <summary>The JSON Schema of <c>parameters</c> in an invocation.</summary>
    [JsonPropertyName("input_schema")]
    public JsonElement? InputSchema { get; init; }

    /// <summary>The JSON Schema of <c>outputs</c> in an answer.</summary>
    [JsonPropertyName("output_schema")]
    public JsonElement? OutputSchema { get; init; }
}
