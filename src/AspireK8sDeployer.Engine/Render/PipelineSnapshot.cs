using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>What runs: named by the version, or else by the image's tag or digest.</summary>
internal readonly record struct PipelineSnapshot(string Id, string Name)
{
    private const int ShortDigest = 12;

    public static PipelineSnapshot Of(DeploymentSettings settings) => new(StableId.Of("snapshot", settings.Image), settings.Version ?? NameOf(settings.Image));

    private static string NameOf(string image)
    {
        var at = image.LastIndexOf("@sha256:", StringComparison.Ordinal);
        if (at >= 0)
        {
            var digest = image[(at + "@sha256:".Length)..];
            return digest[..Math.Min(ShortDigest, digest.Length)];
        }

        var path = image[(image.LastIndexOf('/') + 1)..];
        var colon = path.IndexOf(':', StringComparison.Ordinal);
        return colon >= 0 ? path[(colon + 1)..] : "latest";
    }
}
