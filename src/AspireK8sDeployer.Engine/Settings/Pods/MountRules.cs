using k8s.Models;

namespace AspireK8sDeployer.Engine.Settings.Pods;

/// <summary>Rules of where a container mounts volumes.</summary>
internal static class MountRules
{
    public static void Check(IEnumerable<V1VolumeMount>? mounts, IEnumerable<V1Volume> volumes, SettingCheck check)
    {
        var all = check.Elements(mounts);
        var names = volumes.Where(volume => volume is not null).Select(volume => volume.Name).ToHashSet();
        foreach (var mount in all)
        {
            check.Unless(names.Contains(mount.Name), $"there is no volume '{mount.Name}' for '{mount.MountPath}'{Known(names)}");
            check.Unless(IsPath(mount.MountPath), $"'{mount.MountPath}' is not a path to mount at (absolute, without ':' and '..')");
            CheckSubPath(mount, check);
            CheckWays(mount, check);
        }

        foreach (var same in all.GroupBy(mount => mount.MountPath?.TrimEnd('/')).Where(group => group.Count() > 1))
        {
            check.Unless(false, $"'{same.Key}' is mounted at twice");
        }
    }

    public static bool IsPath(string? path) =>
        path is not null && path.StartsWith('/') && !path.Contains(':', StringComparison.Ordinal) && !path.Contains('\0', StringComparison.Ordinal) && !VolumeRules.HasBacksteps(path);

    private static string Known(HashSet<string> names) => names.Count == 0 ? "; none is declared" : $"; those that there are: {string.Join(", ", names.Order(StringComparer.Ordinal))}";

    private static void CheckSubPath(V1VolumeMount mount, SettingCheck check)
    {
        check.Unless(string.IsNullOrEmpty(mount.SubPath) || string.IsNullOrEmpty(mount.SubPathExpr), $"'{mount.MountPath}' has SubPath and SubPathExpr, which exclude each other");
        foreach (var path in new[] { mount.SubPath, mount.SubPathExpr })
        {
            check.Unless(path is null || (!path.StartsWith('/') && !VolumeRules.HasBacksteps(path)), $"'{path}' is not a path inside of the volume (relative, without '..')");
        }
    }

    private static void CheckWays(V1VolumeMount mount, SettingCheck check)
    {
        check.Unless(
            mount.MountPropagation is null or "None" or "HostToContainer" or "Bidirectional",
            $"'{mount.MountPropagation}' is not a MountPropagation (None, HostToContainer, Bidirectional)");
        check.Unless(
            mount.RecursiveReadOnly is null or "Disabled" or "Enabled" or "IfPossible", $"'{mount.RecursiveReadOnly}' is not a RecursiveReadOnly (Disabled, Enabled, IfPossible)");
        var recursive = mount.RecursiveReadOnly is "Enabled" or "IfPossible";
        check.Unless(!recursive || mount.ReadOnlyProperty == true, $"RecursiveReadOnly of '{mount.MountPath}' needs ReadOnly");
        check.Unless(!recursive || mount.MountPropagation is null or "None", $"RecursiveReadOnly of '{mount.MountPath}' excludes MountPropagation {mount.MountPropagation}");
    }
}
