using k8s.Models;

namespace AspireK8sDeployer.Hosting;

/// <summary>
/// What a pipeline's pods are besides their container. What is left alone comes from configuration, else from the default.
/// </summary>
/// <remarks>
/// The types are those of KubernetesClient. A list may be added to, which keeps what was in it before, or be replaced; a list in
/// configuration replaces that of a source with less say.
/// </remarks>
public sealed class PodOptions
{
    /// <summary>Labels that a node must have.</summary>
    public IDictionary<string, SettingValue<string>> NodeSelectors { get; } = new Dictionary<string, SettingValue<string>>();

    /// <summary>Taints that the pods tolerate.</summary>
    public IList<V1Toleration> Tolerations { get; set => field = [.. value]; } = [];

    /// <summary>Nodes and pods that they are drawn to or kept from.</summary>
    public V1Affinity? Affinity { get; set; }

    /// <summary>How they are spread over zones, nodes or other domains.</summary>
    public IList<V1TopologySpreadConstraint> TopologySpread { get; set => field = [.. value]; } = [];

    /// <summary>Volumes of the pod.</summary>
    public IList<V1Volume> Volumes { get; set => field = [.. value]; } = [];

    /// <summary>Where the container mounts them.</summary>
    public IList<V1VolumeMount> VolumeMounts { get; set => field = [.. value]; } = [];

    /// <summary>Files that the container finds, by their absolute paths; they are kept in a ConfigMap, so nothing secret.</summary>
    public IDictionary<string, SettingValue<string>> ConfigFiles { get; } = new Dictionary<string, SettingValue<string>>();

    /// <summary>Environment variables of other sources than a value: fields, Secrets and ConfigMaps that are there. For values, use <c>WithEnvironment</c>.</summary>
    public IList<V1EnvVar> Env { get; set => field = [.. value]; } = [];

    /// <summary>Secrets and ConfigMaps all of whose keys become environment variables.</summary>
    public IList<V1EnvFromSource> EnvFrom { get; set => field = [.. value]; } = [];

    /// <summary>Containers that end before the pipeline begins.</summary>
    public IList<V1Container> InitContainers { get; set => field = [.. value]; } = [];

    /// <summary>Containers that run beside the pipeline, begun before it and ended after it.</summary>
    public IList<V1Container> Sidecars { get; set => field = [.. value]; } = [];

    /// <summary>The pod's security context, over our own field by field.</summary>
    public V1PodSecurityContext? PodSecurityContext { get; set; }

    /// <summary>The container's security context, over our own field by field.</summary>
    public V1SecurityContext? ContainerSecurityContext { get; set; }

    /// <summary>The scheduler. The default is the cluster's own.</summary>
    public SettingValue<string>? SchedulerName { get; set; }

    /// <summary>The RuntimeClass. The default is the nodes' own runtime.</summary>
    public SettingValue<string>? RuntimeClassName { get; set; }

    /// <summary>The PriorityClass. The default is the cluster's.</summary>
    public SettingValue<string>? PriorityClassName { get; set; }

    /// <summary>Whether the pods use the node's network. The default is no.</summary>
    public SettingValue<bool>? HostNetwork { get; set; }

    /// <summary>Whether the pods see the node's processes. The default is no.</summary>
    public SettingValue<bool>? HostPid { get; set; }

    /// <summary>Whether the pods share the node's interprocess communication. The default is no.</summary>
    public SettingValue<bool>? HostIpc { get; set; }

    /// <summary>Lines for the pods' hosts file.</summary>
    public IList<V1HostAlias> HostAliases { get; set => field = [.. value]; } = [];

    /// <summary>How names are resolved: <c>ClusterFirst</c>, <c>ClusterFirstWithHostNet</c>, <c>Default</c> or <c>None</c>. The default is the cluster's way.</summary>
    public SettingValue<string>? DnsPolicy { get; set; }

    /// <summary>Servers and search domains for resolving names, besides or instead of the cluster's.</summary>
    public V1PodDNSConfig? DnsConfig { get; set; }

    /// <summary>How long running invocations may take to finish when a replica is stopped, at most 7 days. The default is 30 seconds.</summary>
    public SettingValue<TimeSpan>? TerminationGracePeriod { get; set; }

    /// <summary>Labels of the pods alone.</summary>
    public IDictionary<string, SettingValue<string>> Labels { get; } = new Dictionary<string, SettingValue<string>>();

    /// <summary>Annotations of the pods alone.</summary>
    public IDictionary<string, SettingValue<string>> Annotations { get; } = new Dictionary<string, SettingValue<string>>();

    /// <summary>
    /// Changes the pod as nothing else can. It is called last, whenever the pod is rendered, and must do the same every time. What it
    /// may not change (the pipeline's container by name, its port) is refused.
    /// </summary>
    public Action<V1PodSpec>? Configure { get; set; }
}
