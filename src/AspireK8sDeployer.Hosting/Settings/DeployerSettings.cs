using Aspire.Hosting.ApplicationModel;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Hosting.Settings;

/// <summary>Where a deployer deploys to, and what.</summary>
/// <param name="Cluster">The cluster that code or configuration names; null for the one that a provider starts.</param>
/// <param name="Deployments">Everything it deploys, by resource.</param>
/// <param name="Namespaces">The namespaces of that; its own when it deploys nothing.</param>
internal sealed record DeployerSettings(ClusterConnection? Cluster, IReadOnlyList<ResolvedDeployment> Deployments, IReadOnlyList<string> Namespaces)
{
    public ResolvedDeployment Of(IResource resource) => Deployments.First(deployment => ReferenceEquals(deployment.Resource, resource));
}

/// <summary>A deployment's resource in the AppHost, and its settings.</summary>
internal sealed record ResolvedDeployment(IResource Resource, DeploymentSettings Settings);
