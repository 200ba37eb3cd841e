using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AspireK8sDeployer.EmbeddedCluster.Registry;

/// <summary>
/// An image without a single layer, to build .NET images on: the node runs a pod's process on this machine's own
/// runtime, so that an image needs nothing but the application.
/// </summary>
internal static class EmptyBaseImage
{
    public const string Repository = "dotnet/empty";
    public const string Tag = "latest";

    private const string ManifestType = "application/vnd.docker.distribution.manifest.v2+json";
    private const string ConfigType = "application/vnd.docker.container.image.v1+json";

    public static async Task StoreAsync(BlobStore blobs, ManifestStore manifests, CancellationToken cancellationToken)
    {
        var config = JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["architecture"] = Architecture(),
            ["os"] = "linux",
            ["config"] = new JsonObject
            {
                // What Microsoft's own base images set, and the SDK reads: the user and the ports of the image.
                ["Env"] = new JsonArray(
                    "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                    "APP_UID=1654",
                    "ASPNETCORE_HTTP_PORTS=8080",
                    "DOTNET_RUNNING_IN_CONTAINER=true"),
            },
            ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray() },
            ["history"] = new JsonArray(),
        });
        var digest = await blobs.PutAsync(config, cancellationToken).ConfigureAwait(false);

        var manifest = JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = ManifestType,
            ["config"] = new JsonObject { ["mediaType"] = ConfigType, ["size"] = config.Length, ["digest"] = digest.ToString() },
            ["layers"] = new JsonArray(),
        });
        await manifests.PutAsync(Repository, Tag, ManifestType, manifest, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>This machine's architecture in the words of the image specification.</summary>
    internal static string Architecture() => RuntimeInformation.OSArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => "amd64",
        System.Runtime.InteropServices.Architecture.X86 => "386",
        var other => other.ToString().ToLowerInvariant(),
    };
}
