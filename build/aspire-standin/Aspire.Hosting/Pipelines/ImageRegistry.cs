using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Pipelines;

/// <summary>Where the image of a resource is pushed to, and what it is called there.</summary>
internal static class ImageRegistry
{
    public static IContainerRegistry Of(IResource resource)
    {
        if (resource.TryGetLastAnnotation<ContainerRegistryReferenceAnnotation>(out var named))
        {
            return named.Registry;
        }

        if (resource.GetDeploymentTargetAnnotation()?.ContainerRegistry is { } ofTarget)
        {
            return ofTarget;
        }

        return resource.Annotations.OfType<RegistryTargetAnnotation>().ToArray() switch
        {
            [var only] => only.Registry,
            [] => throw new InvalidOperationException(
                $"The image of '{resource.Name}' has no registry. Add one with 'builder.AddContainerRegistry' or name one with 'WithContainerRegistry'."),
            _ => throw new InvalidOperationException(
                $"The image of '{resource.Name}' may go to several registries. Name one with 'WithContainerRegistry'."),
        };
    }

    public static async Task<string> RemoteNameAsync(IResource resource, CancellationToken cancellationToken)
    {
        var registry = Of(resource);
        var options = new ContainerImagePushOptions { RemoteImageName = resource.Name.ToLowerInvariant(), RemoteImageTag = "latest" };
        foreach (var callback in resource.Annotations.OfType<ContainerImagePushOptionsCallbackAnnotation>())
        {
            await callback.Callback(new ContainerImagePushOptionsCallbackContext
            {
                Resource = resource,
                Options = options,
                CancellationToken = cancellationToken,
            });
        }

        var name = ImageName.Parse(options.RemoteImageName ?? resource.Name.ToLowerInvariant());
        var host = name.Registry ?? await registry.Endpoint.GetValueAsync(cancellationToken);
        var repository = name.Registry is null && registry.Repository is { } prefix ? await prefix.GetValueAsync(cancellationToken) : null;
        var path = string.Join('/', new[] { host, repository, name.Repository }.Where(part => !string.IsNullOrEmpty(part)));
        return $"{path}:{options.RemoteImageTag ?? "latest"}";
    }
}
