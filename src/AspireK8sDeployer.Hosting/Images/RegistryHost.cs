using System.Net;

namespace AspireK8sDeployer.Hosting.Images;

/// <summary>What a registry's <c>host[:port]</c> tells about it.</summary>
internal static class RegistryHost
{
    /// <summary>Whether only this machine can reach it.</summary>
    public static bool IsLoopback(string registry) =>
        Uri.TryCreate($"http://{registry}", UriKind.Absolute, out var uri)
        && (uri.Host is "localhost" || uri.Host.EndsWith(".localhost", StringComparison.Ordinal)
            || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address)));

    /// <summary>The registry's address: plain HTTP on this machine, as the SDK does for <c>localhost</c>, TLS elsewhere.</summary>
    public static Uri AddressOf(string registry) => registry switch
    {
        // Docker Hub answers its API elsewhere than its name says.
        "docker.io" => new Uri("https://registry-1.docker.io/"),
        _ => new Uri($"{(IsLoopback(registry) ? "http" : "https")}://{registry}/"),
    };
}
