using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Pipelines;
using AspireK8sDeployer.Hosting.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.Hosting.Steps;

/// <summary>Brings an earlier revision of a deployment back.</summary>
internal static partial class RollbackStep
{
    public static async Task RunAsync(PipelineStepContext step, KubernetesDeployerResource deployer, IResource deployment)
    {
        var revision = StepInput.Of(step, deployment, "Rollback").Value<int>("Revision", "3");
        var session = step.Services.GetRequiredService<DeploySession>();
        var (settings, cluster) = await session.TargetAsync(step, deployer, SettingsUse.Destroy).ConfigureAwait(false);
        using var progress = StepProgress.Of(step);
        var result = await cluster.Engine
            .RollBackAsync(settings.Of(deployment).Settings.Identity, revision, progress, step.CancellationToken)
            .ConfigureAwait(false);
        foreach (var warning in DeploymentReport.Unsaid(result))
        {
            LogWarning(step.Logger, deployment.Name, warning);
        }

        LogDone(step.Logger, deployment.Name, DeploymentReport.Changes(result.Plan), result.Endpoint.Verified ? "answers" : "is meant to answer", result.Endpoint.Url);
        step.Summary.Add(deployment.Name, result.Endpoint.Url.ToString());
    }

    [LoggerMessage(LogLevel.Information, "{Deployment}: {Changes}, {Answers} at {Url}")]
    private static partial void LogDone(ILogger logger, string deployment, string changes, string answers, Uri url);

    [LoggerMessage(LogLevel.Warning, "{Deployment}: {Warning}")]
    private static partial void LogWarning(ILogger logger, string deployment, string warning);
}
