using System.Diagnostics;
using AspireK8sDeployer.EmbeddedCluster;
using AspireK8sDeployer.Engine;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.Hosting.EmbeddedCluster;

/// <summary>The embedded cluster of this user, as the deployer asks for it.</summary>
internal sealed partial class EmbeddedClusterProvider : IClusterProvider
{
    private const string Name = EmbeddedClusterProcess.DefaultName;

    public string Description => $"embedded cluster \"{Name}\"";

    public async Task<ProvidedCluster> EnsureRunningAsync(ILogger logger, CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken).ConfigureAwait(false) is null)
        {
            LogStarting(logger, Name);
        }

        try
        {
            var began = Stopwatch.GetTimestamp();
            var cluster = Provided(await EmbeddedClusterProcess.UpAsync(Name, cancellationToken).ConfigureAwait(false));
            LogUp(logger, Name, Stopwatch.GetElapsedTime(began).TotalSeconds, cluster.KubeconfigPath);
            return cluster;
        }
        catch (ClusterProcessException failure)
        {
            throw new DeploymentException(
                "K8SD820", "cluster", failure.Message, "read the log named above; or name another cluster with .WithKubeContext(\"…\")", failure);
        }
        catch (PlatformNotSupportedException failure)
        {
            throw new DeploymentException(
                "K8SD821", "cluster", failure.Message, "name a cluster with .WithKubeContext(\"…\")", failure);
        }
    }

    public async Task<ProvidedCluster?> FindAsync(CancellationToken cancellationToken) =>
        await EmbeddedClusterProcess.FindAsync(Name, cancellationToken).ConfigureAwait(false) is { } info ? Provided(info) : null;

    public async Task<bool> StopIfEmptyAsync(ILogger logger, CancellationToken cancellationToken)
    {
        if (!await EmbeddedClusterProcess.IsEmptyAsync(Name, cancellationToken).ConfigureAwait(false))
        {
            LogInUse(logger, Name);
            return false;
        }

        return await EmbeddedClusterProcess.DownAsync(Name, cancellationToken).ConfigureAwait(false);
    }

    private static ProvidedCluster Provided(EmbeddedClusterInfo info) => new(
        info.Name, info.KubeconfigPath, info.Name, new ProvidedRegistry(info.RegistryHost, info.RegistryUser, info.RegistryPassword, info.BaseImage))
    {
        AddressesAreReachable = true,
    };

    [LoggerMessage(LogLevel.Information, "Starting the embedded cluster {Name}")]
    private static partial void LogStarting(ILogger logger, string name);

    [LoggerMessage(LogLevel.Debug, "The embedded cluster {Name} is up after {Seconds:0.0} s; kubeconfig {Kubeconfig}")]
    private static partial void LogUp(ILogger logger, string name, double seconds, string kubeconfig);

    [LoggerMessage(LogLevel.Information, "The embedded cluster {Name} stays up: something else is deployed in it")]
    private static partial void LogInUse(ILogger logger, string name);
}
