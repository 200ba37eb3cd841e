using Aspire.Hosting.ApplicationModel;
using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Hosting.Settings;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.Hosting.Steps;

/// <summary>The cluster that a deployer deploys to.</summary>
/// <param name="Connection">How it is reached.</param>
/// <param name="Engine">Works on it.</param>
/// <param name="Provider">What started it, when it is one that starts on demand.</param>
/// <param name="Provided">That cluster.</param>
internal sealed record TargetCluster(ClusterConnection Connection, DeploymentEngine Engine, IClusterProvider? Provider, ProvidedCluster? Provided)
{
    /// <summary>How one calls kubectl for this cluster.</summary>
    public string Kubectl => (Connection.KubeconfigPath, Connection.Context) switch
    {
        (null, null) when Connection.Server is { } server => $"kubectl --server {server}",
        (null, null) => "kubectl",
        (null, var context) => $"kubectl --context {context}",
        (var path, null) => $"kubectl --kubeconfig {path}",
        var (path, context) => Provided is null ? $"kubectl --kubeconfig {path} --context {context}" : $"kubectl --kubeconfig {path}",
    };

    /// <summary>Whether Services can be called at their own addresses from this machine.</summary>
    public bool AddressesAreReachable => Provided is { AddressesAreReachable: true };

    /// <summary>Connects to the cluster that is named, else to the one that the deployer's provider starts.</summary>
    public static async Task<TargetCluster> ConnectAsync(
        KubernetesDeployerResource deployer, DeployerSettings settings, ILogger logger, CancellationToken cancellationToken)
    {
        var options = new DeploymentEngineOptions();
        EngineOptionsReader.Read(deployer, options, []);
        if (settings.Cluster is { } named)
        {
            return new TargetCluster(named, DeploymentEngine.Connect(named, options), Provider: null, Provided: null);
        }

        deployer.TryGetLastAnnotation<ClusterProviderAnnotation>(out var annotation);
        var provider = annotation!.Provider;
        var provided = await provider.EnsureRunningAsync(logger, cancellationToken).ConfigureAwait(false);
        var connection = new ClusterConnection { KubeconfigPath = provided.KubeconfigPath, Context = provided.Context };

        // Nobody else mends things on one's own machine, so a failing rollout need not be given time.
        options.FailFast = FailFast.Eager;
        return new TargetCluster(connection, DeploymentEngine.Connect(connection, options), provider, provided);
    }
}
