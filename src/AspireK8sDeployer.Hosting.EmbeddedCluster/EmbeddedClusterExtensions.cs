using Aspire.Hosting.ApplicationModel;
using AspireK8sDeployer.Hosting;
using AspireK8sDeployer.Hosting.EmbeddedCluster;

namespace Aspire.Hosting;

/// <summary>Deploys to a cluster that starts on demand.</summary>
public static class EmbeddedClusterExtensions
{
    /// <summary>Deploys to the embedded cluster, unless a cluster is named in code or in the deployer's configuration.</summary>
    /// <param name="builder">The deployer.</param>
    /// <returns>The same builder, for chaining.</returns>
    /// <remarks>
    /// The cluster is a process of its own on this machine. Deploying starts it when it is not up, publishing never does, and
    /// destroying stops it when nothing is deployed in it any more. Linux only; elsewhere deploying says so at once.
    /// </remarks>
    /// <example>
    /// <code>
    /// builder.AddKubernetesDeployer("k8s").WithEmbeddedCluster();
    /// </code>
    /// </example>
    public static IResourceBuilder<KubernetesDeployerResource> WithEmbeddedCluster(this IResourceBuilder<KubernetesDeployerResource> builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        return builder.WithAnnotation(new ClusterProviderAnnotation(new EmbeddedClusterProvider()), ResourceAnnotationMutationBehavior.Replace);
    }
}
