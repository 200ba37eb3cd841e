namespace AspireK8sDeployer.EmbeddedCluster.Node;

/// <summary>What a container is doing.</summary>
internal abstract record ContainerState
{
    public sealed record Waiting(string Reason, string? Message = null) : ContainerState;

    public sealed record Running(DateTimeOffset Since) : ContainerState;

    public sealed record Terminated(
        int ExitCode, string Reason, string? Message, DateTimeOffset? StartedAt, DateTimeOffset FinishedAt, string? ContainerId) : ContainerState;
}
