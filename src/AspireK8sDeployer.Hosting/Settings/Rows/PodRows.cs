using k8s.Models;

namespace AspireK8sDeployer.Hosting.Settings.Rows;

/// <summary>The settings below <c>PodSettings</c>.</summary>
internal static class PodRows
{
    public static readonly IReadOnlyList<SettingRow> All =
    [
        new MapRow("PodSettings:NodeSelectors", "disk=ssd", options => options.Pod.NodeSelectors),
        new ModelRow<IList<V1Toleration>>("PodSettings:Tolerations", "0:Key=gpu", options => options.Pod.Tolerations),
        new ModelRow<V1Affinity>("PodSettings:Affinity", "NodeAffinity:PreferredDuringSchedulingIgnoredDuringExecution:0:Weight=1", options => options.Pod.Affinity),
        new ModelRow<IList<V1TopologySpreadConstraint>>("PodSettings:TopologySpread", "0:TopologyKey=topology.kubernetes.io/zone", options => options.Pod.TopologySpread),
        new ModelRow<IList<V1Volume>>("PodSettings:Volumes", "0:Name=models", options => options.Pod.Volumes),
        new ModelRow<IList<V1VolumeMount>>("PodSettings:VolumeMounts", "0:Name=models", options => options.Pod.VolumeMounts),
        new MapRow("PodSettings:ConfigFiles", "/etc/greeter/greeting.txt=Hello", options => options.Pod.ConfigFiles),
        new ModelRow<IList<V1EnvVar>>("PodSettings:Env", "0:Name=POD_IP", options => options.Pod.Env),
        new ModelRow<IList<V1EnvFromSource>>("PodSettings:EnvFrom", "0:SecretRef:Name=credentials", options => options.Pod.EnvFrom),
        new ModelRow<IList<V1Container>>("PodSettings:InitContainers", "0:Name=warm-up", options => options.Pod.InitContainers),
        new ModelRow<IList<V1Container>>("PodSettings:Sidecars", "0:Name=proxy", options => options.Pod.Sidecars),
        new ModelRow<V1PodSecurityContext>("PodSettings:PodSecurityContext", "FsGroup=2000", options => options.Pod.PodSecurityContext),
        new ModelRow<V1SecurityContext>("PodSettings:ContainerSecurityContext", "ReadOnlyRootFilesystem=true", options => options.Pod.ContainerSecurityContext),
        new ValueRow<string>("PodSettings:SchedulerName", "volcano", options => options.Pod.SchedulerName),
        new ValueRow<string>("PodSettings:RuntimeClassName", "gvisor", options => options.Pod.RuntimeClassName),
        new ValueRow<string>("PodSettings:PriorityClassName", "high", options => options.Pod.PriorityClassName),
        new ValueRow<bool>("PodSettings:HostNetwork", "true", options => options.Pod.HostNetwork),
        new ValueRow<bool>("PodSettings:HostPid", "true", options => options.Pod.HostPid),
        new ValueRow<bool>("PodSettings:HostIpc", "true", options => options.Pod.HostIpc),
        new ModelRow<IList<V1HostAlias>>("PodSettings:HostAliases", "0:Ip=10.0.0.7", options => options.Pod.HostAliases),
        new ValueRow<string>("PodSettings:DnsPolicy", "ClusterFirst", options => options.Pod.DnsPolicy),
        new ModelRow<V1PodDNSConfig>("PodSettings:DnsConfig", "Nameservers:0=10.0.0.2", options => options.Pod.DnsConfig),
        new MapRow("PodSettings:Labels", "team=ml", options => options.Pod.Labels),
        new MapRow("PodSettings:Annotations", "example.com/scrape=true", options => options.Pod.Annotations),
        new ValueRow<TimeSpan>("PodSettings:TerminationGracePeriod", "00:01:00", options => options.Pod.TerminationGracePeriod),
    ];
}
