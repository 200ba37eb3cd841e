using System.Text.Json;
using System.Text.Json.Serialization;

namespace AspireK8sDeployer.Client;

/// <summary>What ran: the deployment, the snapshot, the pipeline and the run.</summary>
public sealed record InvokeMetadata
{
    /// <summary>The deployment's id; null when the pipeline was not started by a deployer.</summary>
    [JsonPropertyName("deployment_id")]
    public string? DeploymentId { get; init; }

    /// <summary>The deployment's name; the pipeline's own name when it was not started by a deployer.</summary>
    [JsonPropertyName("deployment_name")]
    public string? DeploymentName { get; init; }

    /// <summary>The id of the deployed snapshot.</summary>
    [JsonPropertyName("snapshot_id")]
    public string? SnapshotId { get; init; }

    /// <summary>The name of the deployed snapshot.</summary>
    [JsonPropertyName("snapshot_name")]
    public string? SnapshotName { get; init; }

    /// <summary>The pipeline's name.</summary>
    [JsonPropertyName("pipeline_name")]
    public string? PipelineName { get; init; }

    /// <summary>The run's id: what to look for in the pipeline's log.</summary>
    [JsonPropertyName("run_id")]
    public string? RunId { get; init; }

    /// <summary>The run's name.</summary>
    [JsonPropertyName("run_name")]
    public string? RunName { get; init; }

    /// <summary>The parameters that the run was given, defaults included.</summary>
    [JsonPropertyName("parameters_used")]
    public JsonElement? ParametersUsed { get; init; }
}
