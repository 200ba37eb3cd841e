using System.Text.Json.Serialization;

namespace AspireK8sDeployer.Client;

/// <summary>What serves a pipeline, and the paths that it answers. A path is null where nothing answers.</summary>
public sealed record AppInfo
{
    /// <summary>The kind of server.</summary>
    [JsonPropertyName("app_runner_flavor")]
    public string? AppRunnerFlavor { get; init; }

    /// <summary>The path of the interactive documentation.</summary>
    [JsonPropertyName("docs_url_path")]
    public string? DocsUrlPath { get; init; }

    /// <summary>The path of the reference documentation.</summary>
    [JsonPropertyName("redoc_url_path")]
    public string? RedocUrlPath { get; init; }

    /// <summary>The path that runs the pipeline.</summary>
    [JsonPropertyName("invoke_url_path")]
    public string? InvokeUrlPath { get; init; }

    /// <summary>The path that tells whether the pipeline takes invocations.</summary>
    [JsonPropertyName("health_url_path")]
    public string? HealthUrlPath { get; init; }

    /// <summary>The path of this description.</summary>
    [JsonPropertyName("info_url_path")]
    public string? InfoUrlPath { get; init; }

    /// <summary>The path of the metrics.</summary>
    [JsonPropertyName("metrics_url_path")]
    public string? MetricsUrlPath { get; init; }
}
