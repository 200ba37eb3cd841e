using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Pipelines;
using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Engine.Publish;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Hosting.Images;
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
        foreach (var (resource, deployment) in settings.Deployments)
        {
            var published = await PublishAsync(deployer, resource, deployment, step.CancellationToken).ConfigureAwait(false);
            var directory = Path.Combine(output, deployment.Name);
            PublishedFolder.Write(directory, published, step.CancellationToken);
            LogPublished(step.Logger, deployment.Name, published.Files.Count, directory, PublishedFolder.ToFillIn(published));
            step.Summary.Add(deployment.Name, $"kubectl apply --server-side -k {directory}");
        }
    }

    private static async Task<PublishedDeployment> PublishAsync(
        KubernetesDeployerResource deployer, IResource resource, DeploymentSettings settings, CancellationToken cancellationToken)
    {
        // Read for publishing, the text of a secret is the expression that names it.
        var options = new PublishOptions { SecretSources = settings.SecretEnvironment, Subject = RightsSubject.Of(deployer) };
        if (ImageSource.GivenTo(resource) is { } given)
        {
            var image = new BuiltImage(ImageReference.Parse(given), Digest: null, WasBuilt: false);
            return DeploymentEngine.Publish(settings with { Image = given, Version = image.Version }, options);
        }

        var repository = await ImageTargets.RepositoryOfAsync(deployer, resource, cancellationToken).ConfigureAwait(false);
        return DeploymentEngine.Publish(settings, options with { Image = PublishedImage.Unbuilt(repository) });
    }

    [LoggerMessage(LogLevel.Information, "{Deployment}: {Count} files in {Directory}{ToFillIn}")]
    private static partial void LogPublished(ILogger logger, string deployment, int count, string directory, string toFillIn);
}
