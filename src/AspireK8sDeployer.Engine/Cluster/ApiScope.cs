namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>What one deploy (or delete, or plan) has of its own among all that use a connection.</summary>
internal sealed class ApiScope
{
    public WriteGate Writes { get; } = new(WriteGate.MostOfDeploy);

    public RetryBudget Budget { get; } = new();

    public ServerWarnings Warnings { get; } = new();

    public WriteLog Log { get; } = new();
}
