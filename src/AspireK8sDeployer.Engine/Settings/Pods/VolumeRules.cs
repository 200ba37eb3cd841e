using k8s.Models;

namespace AspireK8sDeployer.Engine.Settings.Pods;

/// <summary>Rules of volumes.</summary>
internal static class VolumeRules
{
    private static readonly string[] HostTypes = ["", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"];

    public static void Check(IEnumerable<V1Volume> volumes, SettingCheck check)
    {
        var all = check.Elements(volumes);
        foreach (var volume in all)
        {
            check.Unless(volume.Name is not null && SyntaxRules.IsDnsLabel(volume.Name), $"'{volume.Name}' is not a volume's name (lower case letters, digits and '-', at most 63)");
            CheckSource(volume, check);
        }

        foreach (var same in all.GroupBy(volume => volume.Name).Where(group => group.Count() > 1))
        {
            check.Unless(false, $"two volumes are named '{same.Key}'");
        }
    }

    private static void CheckSource(V1Volume volume, SettingCheck check)
    {
        var sources = typeof(V1Volume).GetProperties().Where(property => property.Name != nameof(V1Volume.Name) && property.GetValue(volume) is not null).Select(property => property.Name).ToList();
        check.Unless(sources.Count > 0, $"volume '{volume.Name}' has no source, such as EmptyDir");
        check.Unless(sources.Count < 2, $"volume '{volume.Name}' has several sources: {string.Join(", ", sources)}");
        if (volume.HostPath is { } host)
        {
            Require(host.Path, "HostPath.Path");
            check.Unless(!HasBacksteps(host.Path), $"the path '{host.Path}' of volume '{volume.Name}' contains '..'");
            check.Unless(HostTypes.Contains(host.Type ?? ""), $"'{host.Type}' is not a type of HostPath ({string.Join(", ", HostTypes.Skip(1))})");
        }

        CheckFiles(volume.Secret?.DefaultMode, volume.Secret?.Items);
        CheckFiles(volume.ConfigMap?.DefaultMode, volume.ConfigMap?.Items);
        Require(volume.Secret is null ? "-" : volume.Secret.SecretName, "Secret.SecretName");
        Require(volume.ConfigMap is null ? "-" : volume.ConfigMap.Name, "ConfigMap.Name");
        Require(volume.PersistentVolumeClaim is null ? "-" : volume.PersistentVolumeClaim.ClaimName, "PersistentVolumeClaim.ClaimName");
        Require(volume.Csi is null ? "-" : volume.Csi.Driver, "Csi.Driver");
        Require(volume.Nfs is null ? "-" : volume.Nfs.Server, "Nfs.Server");
        check.Unless(volume.Nfs is null || volume.Nfs.Path?.StartsWith('/') == true, $"Nfs.Path of volume '{volume.Name}' is not absolute");
        check.Unless(volume.Ephemeral is null || volume.Ephemeral.VolumeClaimTemplate is not null, $"Ephemeral.VolumeClaimTemplate of volume '{volume.Name}' is missing");

        void Require(string? value, string name) => check.Unless(!string.IsNullOrEmpty(value), $"{name} of volume '{volume.Name}' is missing");

        void CheckFiles(int? mode, IEnumerable<V1KeyToPath>? items)
        {
            check.Unless(mode is null or (>= 0 and <= 511), $"DefaultMode {mode} of volume '{volume.Name}' is not a file mode (0 to 511, which is 777 in octal)");
            foreach (var item in check.Elements(items))
            {
                check.Unless(!string.IsNullOrEmpty(item.Key), $"a file of volume '{volume.Name}' has no Key");
                check.Unless(
                    !string.IsNullOrEmpty(item.Path) && !item.Path.StartsWith('/') && !item.Path.StartsWith("..", StringComparison.Ordinal) && !HasBacksteps(item.Path),
                    $"'{item.Path}' of volume '{volume.Name}' is not a path inside of it");
                check.Unless(item.Mode is null or (>= 0 and <= 511), $"Mode {item.Mode} of '{item.Path}' is not a file mode (0 to 511, which is 777 in octal)");
            }
        }
    }

    public static bool HasBacksteps(string? path) => path is not null && path.Split('/').Contains("..");
}
