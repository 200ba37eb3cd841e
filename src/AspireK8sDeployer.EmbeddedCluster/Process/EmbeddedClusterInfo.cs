namespace AspireK8sDeployer.EmbeddedCluster;

/// <summary>A running cluster of its own process, and how to reach it.</summary>
/// <param name="Name">The cluster's name, which is also its context's.</param>
/// <param name="ProcessId">The process that it is.</param>
/// <param name="KubeconfigPath">The kubeconfig of its administrator.</param>
/// <param name="ApiServer">The address of its API server.</param>
/// <param name="RegistryHost">Its registry as image names begin with it, <c>localhost:PORT</c>.</param>
/// <param name="RegistryUser">The user of the registry.</param>
/// <param name="RegistryPassword">The user's password.</param>
/// <param name="BaseImage">An empty image in the registry to build .NET images on.</param>
/// <param name="LogPath">The log of the process.</param>
public sealed record EmbeddedClusterInfo(
    string Name,
    int ProcessId,
    string KubeconfigPath,
    Uri ApiServer,
    string RegistryHost,
    string RegistryUser,
    string RegistryPassword,
    string BaseImage,
    string LogPath)
{
    /// <summary>Where Ingresses are reached with HTTP.</summary>
    public Uri? IngressHttp { get; init; }

    /// <summary>Where Ingresses are reached with HTTPS.</summary>
    public Uri? IngressHttps { get; init; }

    /// <summary>Names the cluster; never prints the password.</summary>
    public override string ToString() => $"{Name} ({ApiServer}, process {ProcessId})";
}
