using Aspire.Hosting.Pipelines;
using AspireK8sDeployer.Hosting.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace AspireK8sDeployer.Hosting.Steps;

/// <summary>Asks what can be known before a minute is spent on building: the cluster, the rights in it, the registry.</summary>
internal static class PreflightStep
{
    public static async Task RunAsync(PipelineStepContext step, KubernetesDeployerResource deployer)
    {
        var session = step.Services.GetRequiredService<DeploySession>();
        var settings = await session.SettingsAsync(step, deployer, SettingsUse.Deploy).ConfigureAwait(false);
        var cluster = await session.ClusterAsync(step, deployer, SettingsUse.Deploy).ConfigureAwait(false);

        foreach (var @namespace in settings.Deployments.Select(deployment => deployment.Settings.Namespace).Distinct())
        {
            await cluster.Engine.CheckAsync(@namespace, step.CancellationToken).ConfigureAwait(false);
        }

        foreach (var deployment in settings.Deployments)
        {
            await ImageTargets.OfAsync(deployer, deployment.Resource, cluster, step.CancellationToken).ConfigureAwait(false);
        }
    }
}
