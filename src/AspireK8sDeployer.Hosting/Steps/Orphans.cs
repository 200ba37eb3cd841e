using Aspire.Hosting.Pipelines;
using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Hosting.Model;
using AspireK8sDeployer.Hosting.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AspireK8sDeployer.Hosting.Steps;

/// <summary>What the AppHost deployed once and declares no more: a pipeline that was renamed, moved or taken out.</summary>
/// <remarks>
/// Looked for only in the namespaces that the deployer uses now: elsewhere in the cluster, an AppHost of the same name may well
/// be another user's.
/// </remarks>
internal static class Orphans
{
    /// <exception cref="DeploymentException">The cluster cannot be asked.</exception>
    public static async Task<IReadOnlyList<DeploymentIdentity>> FindAsync(
        PipelineStepContext step, KubernetesDeployerResource deployer, DeployerSettings settings, TargetCluster cluster)
    {
        var application = ApplicationName.Of(step.Services.GetRequiredService<IHostEnvironment>());
        var declared = settings.Deployments.Select(deployment => deployment.Settings.Identity).ToHashSet();

        // Another deployer may use the same cluster and namespace.
        var elsewhere = step.Model.Resources
            .Where(resource => DeployerBinding.IsPipelineDeployment(resource) && !ReferenceEquals(DeployerBinding.DeployerOf(resource), deployer))
            .Select(resource => resource.Name)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);

        var orphans = new List<DeploymentIdentity>();
        foreach (var @namespace in settings.Namespaces)
        {
            var deployed = await cluster.Engine.ListAsync(@namespace, application, step.CancellationToken).ConfigureAwait(false);
            orphans.AddRange(deployed.Where(deployment => !declared.Contains(deployment) && !elsewhere.Contains(deployment.Name)));
        }

        return orphans;
    }
}
