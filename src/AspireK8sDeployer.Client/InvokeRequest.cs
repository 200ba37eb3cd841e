using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace AspireK8sDeployer.Client;

/// <summary>The body of <c>POST /invoke</c>.</summary>
public sealed record InvokeRequest
{
    /// <summary>The pipeline's parameters by name. A parameter with a default may be left out.</summary>
    [JsonPropertyName("parameters")]
    public JsonObject Parameters { get; init; } = [];

    /// <summary>A name for the run, shown in logs and answers. One is made up when it is left out.</summary>
    [JsonPropertyName("run_name")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RunName { get; init; }

    /// <summary>The seconds after which the run is cancelled; <see cref="PipelineDefaults.TimeoutSeconds"/> when left out.</summary>
    [JsonPropertyName("timeout")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Timeout { get; init; }
}
