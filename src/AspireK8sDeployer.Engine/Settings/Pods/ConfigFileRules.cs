using System.Text;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Settings.Pods;

/// <summary>Rules of the files that are kept in a ConfigMap.</summary>
internal static class ConfigFileRules
{
    private const int MostBytes = 1024 * 1024;

    public static void Check(PodSettings pod, SettingCheck check)
    {
        var paths = pod.ConfigFiles.Keys.Order(StringComparer.Ordinal).ToList();
        foreach (var path in paths)
        {
            check.Unless(IsFile(path), $"'{path}' is not a file's path (absolute, without ':', '..' and empty parts)");
            CheckMounts(path, pod.VolumeMounts.Where(mount => mount?.MountPath is not null), pod.Volumes, check);
            foreach (var other in paths.Where(other => other.StartsWith(path + "/", StringComparison.Ordinal)))
            {
                check.Unless(false, $"'{other}' is below '{path}', which is a file");
            }
        }

        var size = pod.ConfigFiles.Sum(file => (long)Encoding.UTF8.GetByteCount(file.Value) + Encoding.UTF8.GetByteCount(file.Key));
        check.Unless(size <= MostBytes, $"together they are {size} bytes, more than the {MostBytes} of a ConfigMap; put what is large into the image or a volume");
    }

    private static void CheckMounts(string path, IEnumerable<V1VolumeMount> mounts, IReadOnlyList<V1Volume> volumes, SettingCheck check)
    {
        foreach (var mount in mounts)
        {
            var place = mount.MountPath.TrimEnd('/');
            check.Unless(place != path, $"'{path}' is the place of volume '{mount.Name}'");
            // There the file's own place could not be made.
            check.Unless(
                !path.StartsWith(place + "/", StringComparison.Ordinal) || !IsReadOnly(mount, volumes),
                $"'{path}' is below '{mount.MountPath}', where volume '{mount.Name}' is mounted read-only");
        }
    }

    private static bool IsReadOnly(V1VolumeMount mount, IReadOnlyList<V1Volume> volumes) =>
        mount.ReadOnlyProperty == true
        || volumes.FirstOrDefault(volume => volume?.Name == mount.Name) is { ConfigMap: not null } or { Secret: not null } or { Projected: not null } or { DownwardAPI: not null };

    private static bool IsFile(string path) => MountRules.IsPath(path) && path.Split('/').Skip(1).All(part => part.Length > 0 && part != ".");
}
