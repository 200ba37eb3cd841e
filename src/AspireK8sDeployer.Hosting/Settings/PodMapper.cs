using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Hosting.Settings;

/// <summary>Makes Engine's pod settings of the options.</summary>
internal static class PodMapper
{
    public static PodSettings Map(PodOptions options) => new()
    {
        NodeSelectors = options.NodeSelectors.Values(),
        Tolerations = [.. options.Tolerations],
        Affinity = options.Affinity,
        TopologySpread = [.. options.TopologySpread],
        Volumes = [.. options.Volumes],
        VolumeMounts = [.. options.VolumeMounts],
        ConfigFiles = options.ConfigFiles.Values(),
        Env = [.. options.Env],
        EnvFrom = [.. options.EnvFrom],
        InitContainers = [.. options.InitContainers],
        Sidecars = [.. options.Sidecars],
        PodSecurityContext = options.PodSecurityContext,
        ContainerSecurityContext = options.ContainerSecurityContext,
        SchedulerName = options.SchedulerName.OrNull(),
        RuntimeClassName = options.RuntimeClassName.OrNull(),
        PriorityClassName = options.PriorityClassName.OrNull(),
        HostNetwork = options.HostNetwork.Or(false),
        HostPid = options.HostPid.Or(false),
        HostIpc = options.HostIpc.Or(false),
        HostAliases = [.. options.HostAliases],
        DnsPolicy = options.DnsPolicy.OrNull(),
        DnsConfig = options.DnsConfig,
        Labels = options.Labels.Values(),
        Annotations = options.Annotations.Values(),
        Configure = options.Configure,
    };
}
