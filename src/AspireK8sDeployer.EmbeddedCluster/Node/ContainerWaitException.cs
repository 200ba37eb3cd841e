namespace AspireK8sDeployer.EmbeddedCluster.Node;

/// <summary>A container cannot be started now, and why, as its <c>waiting</c> state says it.</summary>
internal sealed class ContainerWaitException(string reason, string? message) : Exception($"{reason}: {message}")
{
    public string Reason { get; } = reason;

    public string? WaitMessage { get; } = message;
}
