using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Pipelines;
using AspireK8sDeployer.Hosting.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.Hosting.Steps;

/// <summary>Builds and pushes a deployment's image, unless its registry has it already.</summary>
internal static partial class ImageStep
{
    public static async Task RunAsync(PipelineStepContext step, KubernetesDeployerResource deployer, IResource deployment)
    {
        var session = step.Services.GetRequiredService<DeploySession>();
        var cluster = await session.ClusterAsync(step, deployer, SettingsUse.Deploy).ConfigureAwait(false);
        var target = await ImageTargets.OfAsync(deployer, deployment, cluster, step.CancellationToken).ConfigureAwait(false);
        var projectPath = deployment.Annotations.OfType<Aspire.Hosting.IProjectMetadata>().Last().ProjectPath;

        LogPublishing(step.Logger, Path.GetFileName(projectPath));
        var image = await session.Images.BuildAsync(projectPath, target, step.CancellationToken).ConfigureAwait(false);
        session.Add(deployment, image);
        LogImage(step.Logger, image.WasBuilt ? "pushed" : "unchanged", image.Reference);
    }

    [LoggerMessage(LogLevel.Information, "Publishing {Project}")]
    private static partial void LogPublishing(ILogger logger, string project);

    [LoggerMessage(LogLevel.Information, "Image {What}: {Reference}")]
    private static partial void LogImage(ILogger logger, string what, string reference);
}
