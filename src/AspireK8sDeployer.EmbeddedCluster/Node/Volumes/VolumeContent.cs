using System.Text;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Node.Containers;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Node.Volumes;

/// <summary>The files of the volumes that show objects of the cluster: secrets, config maps, tokens and the pod's own fields.</summary>
internal sealed class VolumeContent(IClusterApi api, PodTokens tokens, string hostIp)
{
    private const int DefaultMode = 0b110_100_100;

    /// <summary>The files of a volume, or null when it is not of these kinds.</summary>
    public Dictionary<string, VolumeFile>? Load(V1Pod pod, V1Volume volume, string podIp)
    {
        if (volume.Secret is { } secret)
        {
            return Secret(pod, volume.Name, secret.SecretName, secret.Items, secret.Optional, secret.DefaultMode);
        }

        if (volume.ConfigMap is { } map)
        {
            return ConfigMap(pod, volume.Name, map.Name, map.Items, map.Optional, map.DefaultMode);
        }

        if (volume.DownwardAPI is { } downward)
        {
            return Downward(pod, downward.Items, downward.DefaultMode, podIp);
        }

        return volume.Projected is { } projected ? Projected(pod, volume.Name, projected, podIp) : null;
    }

    /// <summary>The directory of this machine that a claim is bound to.</summary>
    public V1HostPathVolumeSource DirectoryOf(V1Pod pod, string volume, string claimName)
    {
        var claim = api.Get<V1PersistentVolumeClaim>(pod.Metadata.NamespaceProperty, claimName);
        var bound = claim is { Spec.VolumeName: { Length: > 0 } name } ? api.Get<V1PersistentVolume>(null, name) : null;
        return bound?.Spec switch
        {
            { HostPath: { } host } => host,
            { Local: { } local } => new V1HostPathVolumeSource { Path = local.Path },
            null => throw new VolumeException(volume, $"persistentvolumeclaim \"{claimName}\" is not bound"),
            _ => throw new VolumeException(volume, "this kind of volume is not supported by the embedded cluster's node"),
        };
    }

    private Dictionary<string, VolumeFile> Projected(V1Pod pod, string volume, V1ProjectedVolumeSource projected, string podIp)
    {
        var files = new Dictionary<string, VolumeFile>();
        foreach (var source in projected.Sources ?? [])
        {
            var part = source switch
            {
                { Secret: { } secret } => Secret(pod, volume, secret.Name, secret.Items, secret.Optional, projected.DefaultMode),
                { ConfigMap: { } map } => ConfigMap(pod, volume, map.Name, map.Items, map.Optional, projected.DefaultMode),
                { DownwardAPI: { } downward } => Downward(pod, downward.Items, projected.DefaultMode, podIp),
                { ServiceAccountToken: { } token } => new Dictionary<string, VolumeFile>
                {
                    [token.Path] = new(Encoding.UTF8.GetBytes(tokens.Get(pod, token.Audience, token.ExpirationSeconds)), Mode(null, projected.DefaultMode)),
                },
                _ => [],
            };
            foreach (var (name, file) in part)
            {
                files[name] = file;
            }
        }

        return files;
    }

    private Dictionary<string, VolumeFile> Secret(
        V1Pod pod, string volume, string name, IList<V1KeyToPath>? items, bool? optional, int? mode)
    {
        var secret = api.Get<V1Secret>(pod.Metadata.NamespaceProperty, name);
        return secret is null && optional != true
            ? throw new VolumeException(volume, $"secret \"{name}\" not found")
            : Select(volume, secret?.Data ?? new Dictionary<string, byte[]>(), items, optional, mode);
    }

    private Dictionary<string, VolumeFile> ConfigMap(
        V1Pod pod, string volume, string name, IList<V1KeyToPath>? items, bool? optional, int? mode)
    {
        var map = api.Get<V1ConfigMap>(pod.Metadata.NamespaceProperty, name);
        if (map is null && optional != true)
        {
            throw new VolumeException(volume, $"configmap \"{name}\" not found");
        }

        var data = (map?.Data ?? new Dictionary<string, string>()).ToDictionary(entry => entry.Key, entry => Encoding.UTF8.GetBytes(entry.Value));
        foreach (var (key, value) in map?.BinaryData ?? new Dictionary<string, byte[]>())
        {
            data[key] = value;
        }

        return Select(volume, data, items, optional, mode);
    }

    private static Dictionary<string, VolumeFile> Select(
        string volume, IDictionary<string, byte[]> data, IList<V1KeyToPath>? items, bool? optional, int? mode)
    {
        if (items is not { Count: > 0 })
        {
            return data.ToDictionary(entry => entry.Key, entry => new VolumeFile(entry.Value, Mode(null, mode)));
        }

        var files = new Dictionary<string, VolumeFile>();
        foreach (var item in items)
        {
            if (data.TryGetValue(item.Key, out var value))
            {
                files[item.Path] = new VolumeFile(value, Mode(item.Mode, mode));
            }
            else if (optional != true)
            {
                throw new VolumeException(volume, $"references non-existent secret key: {item.Key}");
            }
        }

        return files;
    }

    private Dictionary<string, VolumeFile> Downward(V1Pod pod, IList<V1DownwardAPIVolumeFile>? items, int? mode, string podIp) =>
        (items ?? []).ToDictionary(
            item => item.Path,
            item => new VolumeFile(
                Encoding.UTF8.GetBytes(item.FieldRef is { } field
                    ? PodFields.Value(field.FieldPath, pod, podIp, hostIp)
                    : PodFields.Resource(item.ResourceFieldRef!, pod.Spec.Containers.First(container => container.Name == item.ResourceFieldRef!.ContainerName), null)),
                Mode(item.Mode, mode)));

    private static UnixFileMode Mode(int? own, int? shared) => (UnixFileMode)(own ?? shared ?? DefaultMode);
}
