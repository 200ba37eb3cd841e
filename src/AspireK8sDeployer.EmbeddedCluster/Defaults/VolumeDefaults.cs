using System.Text.Json.Nodes;

namespace AspireK8sDeployer.EmbeddedCluster.Defaults;

/// <summary>Defaults of volumes.</summary>
internal static class VolumeDefaults
{
    private const long ReadableFiles = 420; // 0644

    /// <summary>A volume with a name alone is an empty directory.</summary>
    public static void Volume(JsonObject volume)
    {
        if (!volume.Any(field => field.Key != "name" && field.Value is not null))
        {
            volume["emptyDir"] = new JsonObject();
        }

        if (volume["image"] is JsonObject image)
        {
            image.Fill("pullPolicy", PodDefaults.PullPolicy(image["reference"]?.ToString() ?? ""));
        }
    }

    public static void Files(JsonObject source) => source.Fill("defaultMode", ReadableFiles);

    public static void Rbd(JsonObject source)
    {
        source.Fill("pool", "rbd");
        source.Fill("user", "admin");
        source.Fill("keyring", "/etc/ceph/keyring");
    }

    public static void ScaleIO(JsonObject source)
    {
        source.Fill("storageMode", "ThinProvisioned");
        source.Fill("fsType", "xfs");
    }

    public static void AzureDisk(JsonObject source)
    {
        source.Fill("cachingMode", "ReadWrite");
        source.Fill("fsType", "ext4");
        source.Fill("readOnly", false);
        source.Fill("kind", "Shared");
    }
}
