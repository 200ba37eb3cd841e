using System.Text.Json.Serialization;

namespace AspireK8sDeployer.Client;

/// <summary>The deployment that serves a pipeline.</summary>
public sealed record DeploymentInfo
{
    /// <summary>The deployment's id; null when the pipeline was not started by a deployer.</summary>
    [JsonPropertyName("id")]
    public string? Id { get; init; }

    /// <summary>The deployment's name; the pipeline's own name when it was not started by a deployer.</summary>
    [JsonPropertyName("name")]
    public string? Name { get; init; }

    /// <summary>Whether invocations need a bearer key.</summary>
    [JsonPropertyName("auth_enabled")]
    public bool AuthEnabled { get; init; }
}
