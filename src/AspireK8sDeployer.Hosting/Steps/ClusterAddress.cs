using AspireK8sDeployer.Hosting.Images;

namespace AspireK8sDeployer.Hosting.Steps;

/// <summary>What a cluster's address tells about it.</summary>
internal static class ClusterAddress
{
    /// <summary>Whether the cluster's API is on this machine, and so, as far as one can tell, are its nodes.</summary>
    public static bool IsLoopback(string server) =>
        Uri.TryCreate(server, UriKind.Absolute, out var uri) && RegistryHost.IsLoopback(uri.Authority);
}
