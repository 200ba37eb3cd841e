using Aspire.Hosting.Pipelines;
using AspireK8sDeployer.Hosting.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.Hosting.Steps;

/// <summary>Lists what a deployer has deployed, and how it is doing.</summary>
internal static partial class StatusStep
{
    public static async Task RunAsync(PipelineStepContext step, KubernetesDeployerResource deployer)
    {
        var asJson = StepInput.Of(step, deployer, DeployerKeys.Status).Value<bool>("Json", "true") ?? false;
        var session = step.Services.GetRequiredService<DeploySession>();
        var (settings, cluster) = await session.TargetAsync(step, deployer, SettingsUse.Destroy).ConfigureAwait(false);
        var orphans = await Orphans.FindAsync(step, deployer, settings, cluster).ConfigureAwait(false);
        var deployments = settings.Deployments.Select(deployment => deployment.Settings.Identity).Concat(orphans.Near);
        var descriptions = await Task.WhenAll(deployments.Select(deployment => cluster.Engine.DescribeAsync(deployment, step.CancellationToken))).ConfigureAwait(false);
        LogStatus(step.Logger, asJson ? StatusReport.ToJson(descriptions) : StatusReport.ToText(descriptions, TimeProvider.System.GetUtcNow()));
    }

    [LoggerMessage(LogLevel.Information, "{Status}")]
    private static partial void LogStatus(ILogger logger, string status);
}
