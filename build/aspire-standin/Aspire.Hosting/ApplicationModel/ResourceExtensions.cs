using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

public static class ResourceExtensions
{
    public static bool TryGetLastAnnotation<T>(this IResource resource, [NotNullWhen(true)] out T? annotation)
        where T : IResourceAnnotation
    {
        ArgumentNullException.ThrowIfNull(resource);

        annotation = resource.Annotations.OfType<T>().LastOrDefault();
        return annotation is not null;
    }

    public static bool TryGetAnnotationsOfType<T>(this IResource resource, [NotNullWhen(true)] out IEnumerable<T>? result)
        where T : IResourceAnnotation
    {
        ArgumentNullException.ThrowIfNull(resource);

        var found = resource.Annotations.OfType<T>().ToArray();
        result = found.Length > 0 ? found : null;
        return result is not null;
    }

    public static bool HasAnnotationOfType<T>(this IResource resource)
        where T : IResourceAnnotation
    {
        ArgumentNullException.ThrowIfNull(resource);

        return resource.Annotations.Any(a => a is T);
    }

    public static bool TryGetEndpoints(this IResource resource, [NotNullWhen(true)] out IEnumerable<EndpointAnnotation>? endpoints) =>
        resource.TryGetAnnotationsOfType(out endpoints);

    public static bool TryGetEnvironmentVariables(
        this IResource resource, [NotNullWhen(true)] out IEnumerable<EnvironmentCallbackAnnotation>? environmentVariables) =>
        resource.TryGetAnnotationsOfType(out environmentVariables);

    public static bool TryGetUrls(this IResource resource, [NotNullWhen(true)] out IEnumerable<ResourceUrlAnnotation>? urls) =>
        resource.TryGetAnnotationsOfType(out urls);

    public static bool TryGetContainerImageName(this IResource resource, [NotNullWhen(true)] out string? imageName)
    {
        imageName = resource.TryGetLastAnnotation<ContainerImageAnnotation>(out var image)
            ? $"{(string.IsNullOrEmpty(image.Registry) ? "" : image.Registry + "/")}{image.Image}{(image.SHA256 is { } digest ? $"@sha256:{digest}" : $":{image.Tag ?? "latest"}")}"
            : null;
        return imageName is not null;
    }

    public static EndpointReference GetEndpoint(this IResourceWithEndpoints resource, string endpointName) => new(resource, endpointName);

    public static IEnumerable<EndpointReference> GetEndpoints(this IResourceWithEndpoints resource)
    {
        ArgumentNullException.ThrowIfNull(resource);

        return resource.Annotations.OfType<EndpointAnnotation>().Select(e => new EndpointReference(resource, e));
    }

    public static int GetReplicaCount(this IResource resource) =>
        resource.TryGetLastAnnotation<ReplicaAnnotation>(out var replicas) ? replicas.Replicas : 1;

    public static bool IsExcludedFromPublish(this IResource resource) =>
        resource.TryGetLastAnnotation<ManifestPublishingCallbackAnnotation>(out var callback) && callback == ManifestPublishingCallbackAnnotation.Ignore;

    public static bool RequiresImageBuild(this IResource resource) => resource is ProjectResource && !resource.IsExcludedFromPublish();

    public static IComputeEnvironmentResource? GetComputeEnvironment(this IResource resource) =>
        resource.TryGetLastAnnotation<ComputeEnvironmentAnnotation>(out var bound) ? bound.ComputeEnvironment : null;

    public static DeploymentTargetAnnotation? GetDeploymentTargetAnnotation(
        this IResource resource, IComputeEnvironmentResource? targetComputeEnvironment = null)
    {
        var bound = resource.GetComputeEnvironment();
        if (bound is not null && targetComputeEnvironment is not null && bound != targetComputeEnvironment)
        {
            return null;
        }

        var targets = resource.Annotations.OfType<DeploymentTargetAnnotation>().ToArray();
        if (bound is not null)
        {
            return targets.SingleOrDefault(t => t.ComputeEnvironment == bound);
        }

        return targets switch
        {
            [] => null,
            [var only] => targetComputeEnvironment is null || targetComputeEnvironment == only.ComputeEnvironment ? only : null,
            _ => throw new InvalidOperationException(
                $"'{resource.Name}' has several compute environments ({string.Join(", ", targets.Select(t => t.ComputeEnvironment?.Name))}). "
                + "Name one with 'WithComputeEnvironment'."),
        };
    }
}
