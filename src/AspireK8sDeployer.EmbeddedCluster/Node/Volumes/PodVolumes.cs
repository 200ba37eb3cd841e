using AspireK8sDeployer.EmbeddedCluster.Node.Containers;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Node.Volumes;

/// <summary>The volumes of one pod as directories of this machine.</summary>
internal sealed class PodVolumes(V1Pod pod, string directory, VolumeContent content)
{
    private const UnixFileMode Everybody = (UnixFileMode)0b111_111_111;

    private readonly Dictionary<string, string> _paths = [];

    /// <summary>Makes the volumes, or brings those that show objects of the cluster up to date. Throws while something is missing.</summary>
    public void Update(string podIp)
    {
        foreach (var volume in pod.Spec.Volumes ?? [])
        {
            var path = Path.Combine(directory, volume.Name);
            if (content.Load(pod, volume, podIp) is { } files)
            {
                AtomicDirectory.Write(path, files);
            }
            else if (volume.HostPath is { } host)
            {
                path = HostPath(volume.Name, host);
            }
            else if (volume.PersistentVolumeClaim is { } claim)
            {
                path = HostPath(volume.Name, content.DirectoryOf(pod, volume.Name, claim.ClaimName));
            }
            else if (volume.EmptyDir is not null || volume.Ephemeral is not null)
            {
                if (!Directory.Exists(path))
                {
                    Directory.CreateDirectory(path);
                    File.SetUnixFileMode(path, Everybody);
                }
            }
            else
            {
                throw new VolumeException(volume.Name, "this kind of volume is not supported by the embedded cluster's node");
            }

            _paths[volume.Name] = path;
        }
    }

    public IReadOnlyList<BindMount> MountsOf(V1Container container, Func<string, string> expand) =>
        [.. (container.VolumeMounts ?? []).Select(mount => new BindMount(SourceOf(mount, container, expand), mount.MountPath, mount.ReadOnlyProperty == true || IsReadOnly(mount.Name)))];

    private string SourceOf(V1VolumeMount mount, V1Container container, Func<string, string> expand)
    {
        var volume = _paths[mount.Name];
        var sub = mount.SubPath is { Length: > 0 } plain ? plain : mount.SubPathExpr is { Length: > 0 } expression ? expand(expression) : "";
        if (sub.Length == 0)
        {
            return volume;
        }

        // Links count as well as dots: a container may write them, and this node would follow them with its own rights.
        var path = Path.GetFullPath(Path.Combine(volume, sub));
        if (!IsInside(path, volume) || !IsInside(RealPath.Of(path), RealPath.Of(volume)))
        {
            throw CannotPrepare();
        }

        if (!Path.Exists(path))
        {
            try
            {
                Directory.CreateDirectory(path);
            }
            catch (IOException)
            {
                throw CannotPrepare();
            }
        }

        // Files of secrets and config maps are links that change; a mount of one stays what it is now, as in a cluster.
        return new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;

        ContainerConfigException CannotPrepare() =>
            new($"failed to prepare subPath for volumeMount \"{mount.Name}\" of container \"{container.Name}\"");
    }

    private static bool IsInside(string path, string directory) =>
        path == directory || path.StartsWith(directory.TrimEnd('/') + "/", StringComparison.Ordinal);

    private bool IsReadOnly(string volume) =>
        pod.Spec.Volumes.First(candidate => candidate.Name == volume) is { Secret: not null } or { ConfigMap: not null } or { DownwardAPI: not null } or { Projected: not null }
            or { PersistentVolumeClaim.ReadOnlyProperty: true };

    private static string HostPath(string volume, V1HostPathVolumeSource host)
    {
        switch (host.Type)
        {
            case "DirectoryOrCreate":
                Directory.CreateDirectory(host.Path);
                break;
            case "FileOrCreate" when !File.Exists(host.Path):
                File.Create(host.Path).Dispose();
                break;
            case "Directory" when !Directory.Exists(host.Path):
                throw new VolumeException(volume, $"hostPath type check failed: {host.Path} is not a directory");
            case "File" when !File.Exists(host.Path):
                throw new VolumeException(volume, $"hostPath type check failed: {host.Path} is not a file");
            default:
                if (!Path.Exists(host.Path))
                {
                    throw new VolumeException(volume, $"hostPath {host.Path} does not exist");
                }

                break;
        }

        return host.Path;
    }
}
