using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Defaults;

/// <summary>The defaults of types: the same wherever a type appears, in a pod as in the template of a job of a cron job.</summary>
internal static class TypeDefaults
{
    private static readonly FrozenDictionary<string, Action<JsonObject>> Types = new Dictionary<string, Action<JsonObject>>
    {
        ["PodSpec"] = PodDefaults.Spec,
        ["Container"] = PodDefaults.Container,
        ["EphemeralContainer"] = PodDefaults.Container,
        ["ContainerPort"] = port => port.Fill("protocol", "TCP"),
        ["ResourceRequirements"] = PodDefaults.Resources,
        ["VolumeResourceRequirements"] = PodDefaults.Resources,
        ["Probe"] = PodDefaults.Probe,
        ["HTTPGetAction"] = PodDefaults.HttpGet,
        ["GRPCAction"] = action => action.Fill("service", ""),
        ["Volume"] = VolumeDefaults.Volume,
        ["SecretVolumeSource"] = VolumeDefaults.Files,
        ["ConfigMapVolumeSource"] = VolumeDefaults.Files,
        ["DownwardAPIVolumeSource"] = VolumeDefaults.Files,
        ["ProjectedVolumeSource"] = VolumeDefaults.Files,
        ["ServiceAccountTokenProjection"] = token => token.Fill("expirationSeconds", 3600L),
        ["HostPathVolumeSource"] = path => path.Fill("type", ""),
        ["ISCSIVolumeSource"] = source => source.Fill("iscsiInterface", "default"),
        ["ISCSIPersistentVolumeSource"] = source => source.Fill("iscsiInterface", "default"),
        ["RBDVolumeSource"] = VolumeDefaults.Rbd,
        ["RBDPersistentVolumeSource"] = VolumeDefaults.Rbd,
        ["ScaleIOVolumeSource"] = VolumeDefaults.ScaleIO,
        ["ScaleIOPersistentVolumeSource"] = VolumeDefaults.ScaleIO,
        ["AzureDiskVolumeSource"] = VolumeDefaults.AzureDisk,
        ["ObjectFieldSelector"] = selector => selector.Fill("apiVersion", "v1"),
        ["PersistentVolumeClaimSpec"] = claim => claim.Fill("volumeMode", "Filesystem"),
        ["PersistentVolumeClaim"] = claim => claim.ObjectOrNew("status").Fill("phase", "Pending"),
        ["NetworkPolicyPort"] = port => port.Fill("protocol", "TCP"),
        ["LimitRangeItem"] = LimitRangeDefaults.Item,
    }.ToFrozenDictionary();

    private static readonly ConcurrentDictionary<StructType, bool> Concerned = new();

    public static void Apply(SchemaType type, JsonNode? value)
    {
        switch (type, value)
        {
            case (StructType known, JsonObject obj) when IsConcerned(known):
                if (Types.TryGetValue(known.Name, out var fill))
                {
                    fill(obj);
                }

                foreach (var (name, field) in obj)
                {
                    if (known.Find(name) is { } declared)
                    {
                        Apply(declared.Type, field);
                    }
                }

                break;
            case (MapType { Element: StructType } map, JsonObject obj):
                foreach (var (_, element) in obj)
                {
                    Apply(map.Element, element);
                }

                break;
            case (ListType { Element: StructType } list, JsonArray array):
                foreach (var element in array)
                {
                    Apply(list.Element, element);
                }

                break;
        }
    }

    /// <summary>True when the type, or one that it can hold, has defaults: most of an object need not be looked at.</summary>
    private static bool IsConcerned(StructType type) => Concerned.GetOrAdd(type, static known => Reaches(known, []));

    private static bool Reaches(StructType type, HashSet<StructType> visited) =>
        visited.Add(type) && (Types.ContainsKey(type.Name) || type.Fields.Values.Any(field => Struct(field.Type) is { } below && Reaches(below, visited)));

    private static StructType? Struct(SchemaType type) => type switch
    {
        StructType known => known,
        ListType list => Struct(list.Element),
        MapType map => Struct(map.Element),
        _ => null,
    };
}
