using System.Text.Json.Serialization;

namespace AspireK8sDeployer.Client;

/// <summary>The answer to <c>GET /info</c>.</summary>
public sealed record PipelineInfo
{
    /// <summary>The deployment that serves the pipeline.</summary>
    [JsonPropertyName("deployment")]
    public DeploymentInfo Deployment { get; init; } = new();

    /// <summary>What the deployment was made from.</summary>
    [JsonPropertyName("snapshot")]
    public SnapshotInfo Snapshot { get; init; } = new();

    /// <summary>The pipeline, with the schemas of its input and output.</summary>
    [JsonPropertyName("pipeline")]
    public PipelineDescription Pipeline { get; init; } = new();

    /// <summary>The paths that the application answers.</summary>
    [JsonPropertyName("app")]
    public AppInfo App { get; init; } = new();

    /// <summary>How many runs this process has finished, failed ones included.</summary>
    [JsonPropertyName("total_executions")]
    public long TotalExecutions { get; init; }

    /// <summary>When this process finished its last run; null before the first.</summary>
    [JsonPropertyName("last_execution_time")]
    public DateTimeOffset? LastExecutionTime { get; init; }

    /// <summary><c>healthy</c> when the pipeline takes invocations, else <c>starting</c> or <c>draining</c>.</summary>
    [JsonPropertyName("status")]
    public string Status { get; init; } = "";

    /// <summary>For how many seconds this process has been running.</summary>
    [JsonPropertyName("uptime")]
    public double Uptime { get; init; }
}
