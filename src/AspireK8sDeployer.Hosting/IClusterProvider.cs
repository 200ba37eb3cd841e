using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.Hosting;

/// <summary>
/// A cluster that the deployer may bring up itself when the AppHost names none.
/// </summary>
/// <remarks>
/// Attached to a deployer with <c>ClusterProviderAnnotation</c>. It is asked only when no cluster was
/// named in code or in configuration, never while publishing, and never because of a kubeconfig of the machine alone.
/// </remarks>
public interface IClusterProvider
{
    /// <summary>What is started, as a reader of the log knows it, for example <c>embedded cluster "default"</c>.</summary>
    string Description { get; }

    /// <summary>Starts the cluster unless it is up already; any number of calls lead to the same one cluster.</summary>
    /// <param name="logger">Told what takes time.</param>
    /// <param name="cancellationToken">Ends the wait; the next call takes up where this one stopped.</param>
    Task<ProvidedCluster> EnsureRunningAsync(ILogger logger, CancellationToken cancellationToken);

    /// <summary>Finds the cluster when it is up, and never starts it.</summary>
    /// <param name="cancellationToken">Ends the search.</param>
    Task<ProvidedCluster?> FindAsync(CancellationToken cancellationToken);

    /// <summary>Stops the cluster when nothing is deployed in it any more.</summary>
    /// <param name="logger">Told why it stays up, when it does.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether the cluster was stopped.</returns>
    Task<bool> StopIfEmptyAsync(ILogger logger, CancellationToken cancellationToken);
}
