using Aspire.Hosting.Pipelines;
using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Hosting.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.Hosting.Steps;

/// <summary>Writes the manifests: a folder for each deployment, a file for each object. Needs no cluster and builds nothing.</summary>
internal static partial class PublishStep
{
    public static async Task RunAsync(PipelineStepContext step, KubernetesDeployerResource deployer)
    {
        var session = step.Services.GetRequiredService<DeploySession>();
        var settings = await session.SettingsAsync(step, deployer, SettingsUse.Publish).ConfigureAwait(false);
        var output = step.Services.GetRequiredService<IPipelineOutputService>().GetOutputDirectory();
        foreach (var deployment in settings.Deployments)
        {
            var files = PublishedManifest.Of(deployment.Settings, DeploymentEngine.Render(deployment.Settings));
            var directory = Path.Combine(output, deployment.Settings.Name);
            await PublishedManifest.WriteAsync(directory, files, step.CancellationToken).ConfigureAwait(false);
            LogPublished(step.Logger, deployment.Settings.Name, files.Count, directory);
            step.Summary.Add(deployment.Settings.Name, $"kubectl apply --server-side -k {directory}");
        }
    }

    [LoggerMessage(LogLevel.Information, "{Deployment}: {Count} files in {Directory}")]
    private static partial void LogPublished(ILogger logger, string deployment, int count, string directory);
}
