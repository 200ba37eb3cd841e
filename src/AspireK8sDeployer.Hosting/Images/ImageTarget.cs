namespace AspireK8sDeployer.Hosting.Images;

/// <summary>Where an image goes.</summary>
/// <param name="Registry">The registry's host and port.</param>
/// <param name="Repository">The repository in it.</param>
/// <param name="Credentials">Who pushes; the machine's own login when absent.</param>
/// <param name="BaseImage">The base image to build on; the project's own when absent.</param>
internal sealed record ImageTarget(string Registry, string Repository, ImageCredentials? Credentials, string? BaseImage)
{
    /// <summary>A registry that only this machine reaches, which speaks plain HTTP.</summary>
    public bool IsLoopback => RegistryHost.IsLoopback(Registry);
}
