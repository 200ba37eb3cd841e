using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

public sealed class DeploymentTargetAnnotation(IResource target) : IResourceAnnotation
{
    public IResource DeploymentTarget { get; set; } = target ?? throw new ArgumentNullException(nameof(target));

    public IComputeEnvironmentResource? ComputeEnvironment { get; set; }

    public IContainerRegistry? ContainerRegistry { get; set; }
}

public class ContainerRegistryReferenceAnnotation(IContainerRegistry registry) : IResourceAnnotation
{
    public IContainerRegistry Registry { get; } = registry ?? throw new ArgumentNullException(nameof(registry));
}

[Experimental("ASPIRECOMPUTE003", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public sealed class RegistryTargetAnnotation(IContainerRegistry registry) : IResourceAnnotation
{
    public IContainerRegistry Registry { get; } = registry ?? throw new ArgumentNullException(nameof(registry));
}

public class HealthCheckAnnotation(string key) : IResourceAnnotation
{
    public string Key { get; } = key ?? throw new ArgumentNullException(nameof(key));
}

public sealed class ReplicaAnnotation(int replicas = 1) : IResourceAnnotation
{
    public int Replicas { get; } = replicas;
}

public sealed class ResourceRelationshipAnnotation(IResource resource, string type) : IResourceAnnotation
{
    public IResource Resource { get; } = resource ?? throw new ArgumentNullException(nameof(resource));

    public string Type { get; } = type ?? throw new ArgumentNullException(nameof(type));
}

public sealed class LaunchProfileAnnotation(string launchProfileName) : IResourceAnnotation
{
    public string LaunchProfileName { get; } = launchProfileName ?? throw new ArgumentNullException(nameof(launchProfileName));
}

public sealed class ExcludeLaunchProfileAnnotation : IResourceAnnotation;

public sealed class DisableForwardedHeadersAnnotation : IResourceAnnotation;

public class ManifestPublishingCallbackAnnotation : IResourceAnnotation
{
    private ManifestPublishingCallbackAnnotation()
    {
    }

    public static ManifestPublishingCallbackAnnotation Ignore { get; } = new();
}

/// <summary>Binds a compute resource to the environment that deploys it.</summary>
internal sealed class ComputeEnvironmentAnnotation(IComputeEnvironmentResource environment) : IResourceAnnotation
{
    public IComputeEnvironmentResource ComputeEnvironment => environment;
}
