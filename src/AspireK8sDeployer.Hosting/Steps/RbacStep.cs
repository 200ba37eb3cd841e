using System.Text;
using Aspire.Hosting.Pipelines;
using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Engine.Publish;
using AspireK8sDeployer.Hosting.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.Hosting.Steps;

/// <summary>Prints and writes the roles with the rights that a deployer needs for all it deploys, and no others. Needs no cluster.</summary>
internal static partial class RbacStep
{
    public static async Task RunAsync(PipelineStepContext step, KubernetesDeployerResource deployer)
    {
        var session = step.Services.GetRequiredService<DeploySession>();
        var subject = RightsSubject.Of(deployer);
        var settings = await session.SettingsAsync(step, deployer, SettingsUse.Publish).ConfigureAwait(false);
        if (settings.Deployments.Count == 0)
        {
            LogNothing(step.Logger, deployer.Name);
            return;
        }

        // Two AppHosts may deploy to one namespace.
        var name = $"aspire-k8s-deployer.{settings.Deployments[0].Settings.Application}";
        var rights = DeploymentEngine.RenderRights(name, [.. settings.Deployments.Select(deployment => deployment.Settings)], subject).ToYaml();
        var directory = Path.Combine(step.Services.GetRequiredService<IPipelineOutputService>().GetOutputDirectory(), deployer.Name);
        var file = Path.Combine(directory, PublishedDeployment.Rights);
        Directory.CreateDirectory(directory);
        await File.WriteAllTextAsync(file, rights, new UTF8Encoding(false), step.CancellationToken).ConfigureAwait(false);
        LogRights(step.Logger, rights.TrimEnd());
        LogFile(step.Logger, file);
        step.Summary.Add(deployer.Name, $"kubectl apply --server-side -f {file}");
    }

    [LoggerMessage(LogLevel.Information, "{Rights}")]
    private static partial void LogRights(ILogger logger, string rights);

    [LoggerMessage(LogLevel.Information, "An administrator applies this with: kubectl apply --server-side -f {File}")]
    private static partial void LogFile(ILogger logger, string file);

    [LoggerMessage(LogLevel.Information, "{Deployer} deploys nothing, so it needs no rights")]
    private static partial void LogNothing(ILogger logger, string deployer);
}
