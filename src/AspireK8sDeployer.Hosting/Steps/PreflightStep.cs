using Aspire.Hosting.Pipelines;
using AspireK8sDeployer.Hosting.Images;
using AspireK8sDeployer.Hosting.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.Hosting.Steps;

/// <summary>Asks what can be known before a minute is spent on building: the cluster, the rights in it, the registry.</summary>
internal static partial class PreflightStep
{
    public static async Task RunAsync(PipelineStepContext step, KubernetesDeployerResource deployer)
    {
        var session = step.Services.GetRequiredService<DeploySession>();
        var (settings, cluster) = await session.TargetAsync(step, deployer, SettingsUse.Deploy).ConfigureAwait(false);

        if (settings.Deployments.Count == 0)
        {
            return;
        }

        var report = await cluster.Engine
            .CheckAsync([.. settings.Deployments.Select(deployment => deployment.Settings)], step.CancellationToken)
            .ConfigureAwait(false);
        foreach (var warning in report.Warnings)
        {
            LogWarning(step.Logger, warning);
        }

        foreach (var note in report.Notes)
        {
            LogNote(step.Logger, note);
        }

        foreach (var deployment in settings.Deployments.Where(deployment => ImageSource.GivenTo(deployment.Resource) is null))
        {
            await ImageTargets.OfAsync(deployer, deployment.Resource, cluster, step.CancellationToken).ConfigureAwait(false);
        }

        var orphans = await Orphans.FindAsync(step, deployer, settings, cluster).ConfigureAwait(false);
        foreach (var orphan in orphans.Near)
        {
            LogOrphan(step.Logger, orphan.Namespace, orphan.Name);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Warning}")]
    private static partial void LogWarning(ILogger logger, string warning);

    [LoggerMessage(LogLevel.Information, "{Note}")]
    private static partial void LogNote(ILogger logger, string note);

    [LoggerMessage(LogLevel.Warning, "{Namespace}/{Name} was deployed by this AppHost, which no longer declares it; it keeps running until destroy removes it")]
    private static partial void LogOrphan(ILogger logger, string @namespace, string name);
}
