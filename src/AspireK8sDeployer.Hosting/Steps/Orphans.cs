using Aspire.Hosting.Pipelines;
using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Hosting.Model;
using AspireK8sDeployer.Hosting.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AspireK8sDeployer.Hosting.Steps;

/// <summary>What the AppHost deployed once and declares no more: a pipeline that was renamed, moved or taken out.</summary>
/// <param name="Near">In the namespaces that the deployer uses now.</param>
/// <param name="Far">In others. There, an AppHost of the same name may well be another user's.</param>
/// <param name="SearchedAll">Whether the user may look into the others.</param>
internal sealed record Orphans(IReadOnlyList<DeploymentIdentity> Near, IReadOnlyList<DeploymentIdentity> Far, bool SearchedAll)
{
    /// <exception cref="DeploymentException">The cluster cannot be asked.</exception>
    public static async Task<Orphans> FindAsync(
        PipelineStepContext step, KubernetesDeployerResource deployer, DeployerSettings settings, TargetCluster cluster)
    {
        var application = ApplicationName.Of(step.Services.GetRequiredService<IHostEnvironment>());
        var everywhere = await cluster.Engine.ListEverywhereAsync(application, step.CancellationToken).ConfigureAwait(false);
        var deployed = everywhere ?? await ListNearAsync(settings, cluster, application, step.CancellationToken).ConfigureAwait(false);
        var declared = settings.Deployments.Select(deployment => deployment.Settings.Identity).ToHashSet();

        // Another deployer may use the same cluster and namespace.
        var elsewhere = step.Model.Resources
            .Where(resource => DeployerBinding.IsPipelineDeployment(resource) && !ReferenceEquals(DeployerBinding.DeployerOf(resource), deployer))
            .Select(resource => resource.Name)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var orphans = deployed
            .Where(deployment => !declared.Contains(deployment) && !elsewhere.Contains(deployment.Name))
            .ToLookup(deployment => settings.Namespaces.Contains(deployment.Namespace));
        return new Orphans([.. orphans[true]], [.. orphans[false]], everywhere is not null);
    }

    private static async Task<IReadOnlyList<DeploymentIdentity>> ListNearAsync(
        DeployerSettings settings, TargetCluster cluster, string application, CancellationToken cancellationToken)
    {
        var found = new List<DeploymentIdentity>();
        foreach (var @namespace in settings.Namespaces)
        {
            found.AddRange(await cluster.Engine.ListAsync(@namespace, application, cancellationToken).ConfigureAwait(false));
        }

        return found;
    }
}
