using k8s.Models;

namespace AspireK8sDeployer.Engine.Settings;

/// <summary>What the pods are besides their container: where they run, what they mount, what runs beside it.</summary>
/// <remarks>The types are those of KubernetesClient, whose fields are the API's. Every field reaches the pod, or is refused.</remarks>
public sealed record PodSettings
{
    /// <summary>Labels that a node must have.</summary>
    public IReadOnlyDictionary<string, string> NodeSelectors { get; init; } = new Dictionary<string, string>();

    /// <summary>Taints that the pods tolerate.</summary>
    public IReadOnlyList<V1Toleration> Tolerations { get; init; } = [];

    /// <summary>Nodes and pods that they are drawn to or kept from.</summary>
    public V1Affinity? Affinity { get; init; }

    /// <summary>How they are spread over zones, nodes or other domains.</summary>
    public IReadOnlyList<V1TopologySpreadConstraint> TopologySpread { get; init; } = [];

    /// <summary>Volumes of the pod.</summary>
    public IReadOnlyList<V1Volume> Volumes { get; init; } = [];

    /// <summary>Where the container mounts them.</summary>
    public IReadOnlyList<V1VolumeMount> VolumeMounts { get; init; } = [];

    /// <summary>Files that the container finds, by their absolute paths; they are kept in a ConfigMap, so nothing secret.</summary>
    public IReadOnlyDictionary<string, string> ConfigFiles { get; init; } = new Dictionary<string, string>();

    /// <summary>Environment variables of other sources than a value: fields, Secrets and ConfigMaps that are there.</summary>
    public IReadOnlyList<V1EnvVar> Env { get; init; } = [];

    /// <summary>Secrets and ConfigMaps all of whose keys become environment variables.</summary>
    public IReadOnlyList<V1EnvFromSource> EnvFrom { get; init; } = [];

    /// <summary>Containers that end before the pipeline begins.</summary>
    public IReadOnlyList<V1Container> InitContainers { get; init; } = [];

    /// <summary>Containers that run beside the pipeline, begun before it and ended after it.</summary>
    public IReadOnlyList<V1Container> Sidecars { get; init; } = [];

    /// <summary>The pod's security context, over our own field by field.</summary>
    public V1PodSecurityContext? PodSecurityContext { get; init; }

    /// <summary>The container's security context, over our own field by field.</summary>
    public V1SecurityContext? ContainerSecurityContext { get; init; }

    /// <summary>The scheduler; the cluster's own when absent.</summary>
    public string? SchedulerName { get; init; }

    /// <summary>The RuntimeClass; the nodes' own runtime when absent.</summary>
    public string? RuntimeClassName { get; init; }

    /// <summary>The PriorityClass; the cluster's default when absent.</summary>
    public string? PriorityClassName { get; init; }

    /// <summary>Whether the pods use the node's network.</summary>
    public bool HostNetwork { get; init; }

    /// <summary>Whether the pods see the node's processes.</summary>
    public bool HostPid { get; init; }

    /// <summary>Whether the pods share the node's interprocess communication.</summary>
    public bool HostIpc { get; init; }

    /// <summary>Lines for the pods' hosts file.</summary>
    public IReadOnlyList<V1HostAlias> HostAliases { get; init; } = [];

    /// <summary>How names are resolved; the cluster's way when absent.</summary>
    public string? DnsPolicy { get; init; }

    /// <summary>Servers and search domains for resolving names, besides or instead of the cluster's.</summary>
    public V1PodDNSConfig? DnsConfig { get; init; }

    /// <summary>Labels of the pods alone.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Annotations of the pods alone.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Changes the rendered pod as nothing else can; called last, once for every rendering, and must give the same result
    /// every time. What it may not change (the pipeline's container by name, its port) is refused.
    /// </summary>
    public Action<V1PodSpec>? Configure { get; init; }
}
