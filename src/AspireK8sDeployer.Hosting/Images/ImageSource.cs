using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace AspireK8sDeployer.Hosting.Images;

/// <summary>Where a deployment's image comes from.</summary>
internal static class ImageSource
{
    /// <summary>Whether we build it, from a project. Otherwise it is there already, or Aspire builds it, for example from a Dockerfile.</summary>
    public static bool IsOurs(IResource deployment) => deployment.Annotations.OfType<IProjectMetadata>().Any();

    /// <summary>Whether Aspire builds and pushes it.</summary>
    public static bool IsBuiltByAspire(IResource deployment) => !IsOurs(deployment) && deployment.RequiresImageBuild();

    /// <summary>The image that exists already, as the AppHost names it; null for one that is yet to be built.</summary>
    public static string? GivenTo(IResource deployment) =>
        !IsOurs(deployment) && !deployment.RequiresImageBuild() && deployment.TryGetContainerImageName(out var image) ? image : null;
}
