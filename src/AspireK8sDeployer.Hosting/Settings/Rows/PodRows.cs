using k8s.Models;

namespace AspireK8sDeployer.Hosting.Settings.Rows;

/// <summary>The settings below <c>PodSettings</c>.</summary>
internal static class PodRows
{
    public static readonly IReadOnlyList<SettingRow> All =
    [
        new MapRow("PodSettings:NodeSelectors", "disk=ssd", options => options.PodSettings.NodeSelectors),
        new ModelRow<IList<V1Toleration>>("PodSettings:Tolerations", "0:Key=gpu", options => options.PodSettings.Tolerations),
        new ModelRow<V1Affinity>("PodSettings:Affinity", "NodeAffinity:…", options => options.PodSettings.Affinity),
        new ModelRow<IList<V1TopologySpreadConstraint>>("PodSettings:TopologySpread", "0:TopologyKey=topology.kubernetes.io/zone", options => options.PodSettings.TopologySpread),
        new ModelRow<IList<V1Volume>>("PodSettings:Volumes", "0:Name=models", options => options.PodSettings.Volumes),
        new ModelRow<IList<V1VolumeMount>>("PodSettings:VolumeMounts", "0:Name=models", options => options.PodSettings.VolumeMounts),
        new MapRow("PodSettings:ConfigFiles", "/etc/greeter/greeting.txt=Hello", options => options.PodSettings.ConfigFiles),
        new ModelRow<IList<V1EnvVar>>("PodSettings:Env", "0:Name=POD_IP", options => options.PodSettings.Env),
        new ModelRow<IList<V1EnvFromSource>>("PodSettings:EnvFrom", "0:SecretRef:Name=credentials", options => options.PodSettings.EnvFrom),
        new ModelRow<IList<V1Container>>("PodSettings:InitContainers", "0:Name=warm-up", options => options.PodSettings.InitContainers),
        new ModelRow<IList<V1Container>>("PodSettings:Sidecars", "0:Name=proxy", options => options.PodSettings.Sidecars),
        new ModelRow<V1PodSecurityContext>("PodSettings:PodSecurityContext", "FsGroup=2000", options => options.PodSettings.PodSecurityContext),
        new ModelRow<V1SecurityContext>("PodSettings:ContainerSecurityContext", "ReadOnlyRootFilesystem=true", options => options.PodSettings.ContainerSecurityContext),
        new ValueRow<string>("PodSettings:SchedulerName", "volcano", options => options.PodSettings.SchedulerName),
        new ValueRow<string>("PodSettings:RuntimeClassName", "gvisor", options => options.PodSettings.RuntimeClassName),
        new ValueRow<string>("PodSettings:PriorityClassName", "high", options => options.PodSettings.PriorityClassName),
        new ValueRow<bool>("PodSettings:HostNetwork", "true", options => options.PodSettings.HostNetwork),
        new ValueRow<bool>("PodSettings:HostPid", "true", options => options.PodSettings.HostPid),
        new ValueRow<bool>("PodSettings:HostIpc", "true", options => options.PodSettings.HostIpc),
        new ModelRow<IList<V1HostAlias>>("PodSettings:HostAliases", "0:Ip=10.0.0.7", options => options.PodSettings.HostAliases),
        new ValueRow<string>("PodSettings:DnsPolicy", "ClusterFirst", options => options.PodSettings.DnsPolicy),
        new ModelRow<V1PodDNSConfig>("PodSettings:DnsConfig", "Nameservers:0=10.0.0.2", options => options.PodSettings.DnsConfig),
        new MapRow("PodSettings:Labels", "team=ml", options => options.PodSettings.Labels),
        new MapRow("PodSettings:Annotations", "example.com/scrape=true", options => options.PodSettings.Annotations),
        new ValueRow<TimeSpan>("PodSettings:TerminationGracePeriod", "00:01:00", options => options.PodSettings.TerminationGracePeriod),
    ];
}
