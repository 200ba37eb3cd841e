using AspireK8sDeployer.Engine;

namespace AspireK8sDeployer.Hosting.Images;

/// <summary>Turns a project into an image in a registry, without a container runtime, and only when the registry lacks it.</summary>
internal sealed class ImageBuilder(ProjectPublisher publisher, ContainerRegistry registry)
{
    private const string Code = "K8SD803";

    /// <summary>Publishes the project, and builds and pushes its image unless the registry has the same one already.</summary>
    public async Task<BuiltImage> BuildAsync(string projectPath, ImageTarget target, CancellationToken cancellationToken)
    {
        var project = await publisher.PublishAsync(Path.GetFullPath(projectPath), cancellationToken).ConfigureAwait(false);
        var baseImage = await BaseImageIdentityAsync(project, target, cancellationToken).ConfigureAwait(false);
        var image = new ImageReference(target.Registry, target.Repository, ImageTag.Of(project, baseImage));

        using var turn = await publisher.TakeTurnAsync(project.ProjectPath, cancellationToken).ConfigureAwait(false);
        if (await registry.FindDigestAsync(image, target.Credentials, cancellationToken).ConfigureAwait(false) is { } present)
        {
            return new BuiltImage(image, present, WasBuilt: false);
        }

        await PushAsync(project, target, image, cancellationToken).ConfigureAwait(false);
        var digest = await registry.FindDigestAsync(image, target.Credentials, cancellationToken).ConfigureAwait(false)
            ?? throw Failure(image, "the push succeeded, but the registry does not have the image", "look at the registry's own log, and deploy again");
        return new BuiltImage(image, digest, WasBuilt: true);
    }

    /// <summary>The image that somebody else pushed; without its digest when its registry does not tell.</summary>
    public async Task<BuiltImage> FindAsync(ImageReference image, CancellationToken cancellationToken)
    {
        try
        {
            var credentials = await MachineCredentials.ForAsync(image.Registry, cancellationToken).ConfigureAwait(false);
            return new BuiltImage(image, await registry.FindDigestAsync(image, credentials, cancellationToken).ConfigureAwait(false), WasBuilt: true);
        }
        catch (DeploymentException)
        {
            return new BuiltImage(image, Digest: null, WasBuilt: true);
        }
    }

    private async Task PushAsync(PublishedProject project, ImageTarget target, ImageReference image, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "--no-build", "-t:PublishContainer", $"-p:ContainerRegistry={target.Registry}", $"-p:ContainerRepository={target.Repository}",
            $"-p:ContainerImageTag={image.Reference}", "-p:ContainerImageTags=",
            .. target.BaseImage is null ? Array.Empty<string>() : [$"-p:ContainerBaseImage={target.BaseImage}"],
        ];
        var result = await publisher.RunAsync(project.ProjectPath, arguments, CredentialsOf(target), cancellationToken).ConfigureAwait(false);
        if (result.ExitCode != 0)
        {
            throw Failure(image, $"dotnet publish -t:PublishContainer failed:{result.Explanation()}", $"log in with 'docker login {target.Registry}', or correct what the SDK reports, and deploy again");
        }
    }

    // The base image is part of the identity by its digest. A registry that cannot tell it costs a rebuild at most.
    private async Task<string> BaseImageIdentityAsync(PublishedProject project, ImageTarget target, CancellationToken cancellationToken)
    {
        var name = target.BaseImage ?? project.BaseImage;
        var image = ImageReference.Parse(name);
        try
        {
            var credentials = image.Registry == target.Registry ? target.Credentials : await MachineCredentials.ForAsync(image.Registry, cancellationToken).ConfigureAwait(false);
            return await registry.FindDigestAsync(image, credentials, cancellationToken).ConfigureAwait(false) ?? name;
        }
        catch (DeploymentException)
        {
            return name;
        }
    }

    // In the child's environment alone: arguments are visible to every user of the machine, and would end up in build logs.
    private static Dictionary<string, string> CredentialsOf(ImageTarget target)
    {
        if (target.Credentials is not { } credentials)
        {
            return [];
        }

        var variables = new Dictionary<string, string>
        {
            ["DOTNET_CONTAINER_PUSH_REGISTRY_UNAME"] = credentials.User,
            ["DOTNET_CONTAINER_PUSH_REGISTRY_PWORD"] = credentials.Password,
        };
        if (target.BaseImage is { } baseImage && ImageReference.Parse(baseImage).Registry == target.Registry)
        {
            variables["DOTNET_CONTAINER_PULL_REGISTRY_UNAME"] = variables["DOTNET_CONTAINER_REGISTRY_UNAME"] = credentials.User;
            variables["DOTNET_CONTAINER_PULL_REGISTRY_PWORD"] = variables["DOTNET_CONTAINER_REGISTRY_PWORD"] = credentials.Password;
        }

        return variables;
    }

    private static DeploymentException Failure(ImageReference image, string cause, string fix) =>
        new(Code, "image", $"Image {image.Registry}/{image.Repository} was not pushed: {cause}", fix);
}
