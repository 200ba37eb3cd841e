using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Pipelines;
using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Hosting.Images;
using AspireK8sDeployer.Hosting.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.Hosting.Steps;

/// <summary>Makes sure that there is an image: builds and pushes a project's, unless its registry has it already.</summary>
internal static partial class ImageStep
{
    private const string NoName = "K8SD813";

    public static async Task RunAsync(PipelineStepContext step, KubernetesDeployerResource deployer, IResource deployment)
    {
        var session = step.Services.GetRequiredService<DeploySession>();
        if (ImageSource.GivenTo(deployment) is { } given)
        {
            // Whether nodes can pull it is for them to say; this machine may not even reach the registry.
            session.Add(deployment, new BuiltImage(ImageReference.Parse(given), Digest: null, WasBuilt: false) { Reference = given });
            LogImage(step.Logger, "given", given);
            return;
        }

        var image = ImageSource.IsBuiltByAspire(deployment)
            ? await PushedByAspireAsync(step, session, deployment).ConfigureAwait(false)
            : await BuildAsync(step, session, deployer, deployment).ConfigureAwait(false);
        session.Add(deployment, image);
        LogImage(step.Logger, image.WasBuilt ? "pushed" : "unchanged", image.Reference);
    }

    private static async Task<BuiltImage> BuildAsync(PipelineStepContext step, DeploySession session, KubernetesDeployerResource deployer, IResource deployment)
    {
        var cluster = await session.ClusterAsync(step, deployer, SettingsUse.Deploy).ConfigureAwait(false);
        var target = await ImageTargets.OfAsync(deployer, deployment, cluster, step.CancellationToken).ConfigureAwait(false);
        var projectPath = deployment.Annotations.OfType<Aspire.Hosting.IProjectMetadata>().Last().ProjectPath;

        LogPublishing(step.Logger, Path.GetFileName(projectPath));
        return await session.Images.BuildAsync(projectPath, target, step.CancellationToken).ConfigureAwait(false);
    }

    private static async Task<BuiltImage> PushedByAspireAsync(PipelineStepContext step, DeploySession session, IResource deployment)
    {
        IValueProvider reference = new ContainerImageReference(deployment);
        var name = await reference.GetValueAsync(step.CancellationToken).ConfigureAwait(false)
            ?? throw new DeploymentException(
                NoName, "image", $"Aspire gives the image of \"{deployment.Name}\" no name in a registry",
                "name the registry: .WithContainerRegistry(registry), and look at what its push step says");
        return await session.Images.FindAsync(ImageReference.Parse(name), step.CancellationToken).ConfigureAwait(false);
    }

    [LoggerMessage(LogLevel.Information, "Publishing {Project}")]
    private static partial void LogPublishing(ILogger logger, string project);

    [LoggerMessage(LogLevel.Information, "Image {What}: {Reference}")]
    private static partial void LogImage(ILogger logger, string what, string reference);
}
