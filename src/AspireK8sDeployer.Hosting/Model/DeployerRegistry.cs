using Aspire.Hosting.ApplicationModel;

namespace AspireK8sDeployer.Hosting.Model;

/// <summary>
/// Where a deployer's images go, as Aspire's own steps ask for it: they check that every image has a registry, ours too, and
/// would otherwise fail the push of other resources beside a pipeline.
/// </summary>
internal sealed class DeployerRegistry(KubernetesDeployerResource deployer) : IContainerRegistry
{
    public ReferenceExpression Name => ReferenceExpression.Create($"{deployer.Name}");

    public ReferenceExpression Endpoint => deployer.TryGetLastAnnotation<ContainerRegistryReferenceAnnotation>(out var named)
        ? named.Registry.Endpoint
        : ReferenceExpression.Create($"{new ClusterRegistryHost(deployer)}");

    /// <summary>The host of the registry that the deployer's cluster brings, when that cluster is up.</summary>
    private sealed class ClusterRegistryHost(KubernetesDeployerResource deployer) : IValueProvider, IManifestExpressionProvider
    {
        public string ValueExpression => $"{{{deployer.Name}.registry}}";

        public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) =>
            deployer.TryGetLastAnnotation<ClusterProviderAnnotation>(out var annotation)
                ? (await annotation.Provider.FindAsync(cancellationToken).ConfigureAwait(false))?.Registry.Host
                : null;
    }
}
