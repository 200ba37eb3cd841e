using AspireK8sDeployer.Engine.Settings;
using k8s.Models;

namespace AspireK8sDeployer.EndToEnd.Matrix;

internal static partial class SettingsMatrix
{
    private static readonly SettingGroup Pod = new("pod")
    {
        { "default", s => s },
        { "node selector", With(new() { NodeSelectors = Map("kubernetes.io/os", "linux") }) },
        { "tolerations", With(new() { Tolerations = [new() { Key = "gpu", OperatorProperty = "Exists", Effect = "NoExecute", TolerationSeconds = 60 }, new() { OperatorProperty = "Exists" }] }) },
        { "node affinity", With(new() { Affinity = new() { NodeAffinity = Nodes } }) },
        { "pod affinity", With(new() { Affinity = new() { PodAffinity = Near, PodAntiAffinity = Far } }) },
        { "topology spread", With(new() { TopologySpread = [new() { MaxSkew = 1, TopologyKey = "topology.kubernetes.io/zone", WhenUnsatisfiable = "ScheduleAnyway" }] }) },
        { "volumes", With(new() { Volumes = Volumes, VolumeMounts = Mounts }) },
        { "host path", With(new() { Volumes = [new() { Name = "host", HostPath = new() { Path = "/var/log", Type = "Directory" } }], VolumeMounts = [new() { Name = "host", MountPath = "/host", ReadOnlyProperty = true }] }), false },
        { "files", With(new() { ConfigFiles = new Dictionary<string, string> { ["/etc/greeter/app.json"] = "{}", ["/etc/greeter/more/app.json"] = "x: 1\n" } }) },
        { "variables", With(new() { Env = Variables, EnvFrom = [new() { Prefix = "DB_", SecretRef = new() { Name = "credentials", Optional = true } }, new() { ConfigMapRef = new() { Name = "flags" } }] }) },
        { "init container", With(new() { InitContainers = [new() { Name = "migrate", Image = "registry.example.com/migrate:1", Args = ["up"] }] }) },
        { "sidecar", With(new() { Sidecars = [new() { Name = "proxy", Image = "registry.example.com/proxy:1", Ports = [new() { Name = "db", ContainerPort = 5432 }], ReadinessProbe = new() { TcpSocket = new() { Port = 5432 } } }] }) },
        { "security", With(new() { PodSecurityContext = new() { RunAsUser = 1000, RunAsGroup = 1000, FsGroup = 2000, FsGroupChangePolicy = "OnRootMismatch" }, ContainerSecurityContext = new() { ReadOnlyRootFilesystem = true } }) },
        { "root", With(new() { PodSecurityContext = new() { RunAsUser = 0 } }), false },
        { "privileged", With(new() { ContainerSecurityContext = new() { Privileged = true } }), false },
        { "classes", With(new() { SchedulerName = "my-scheduler", RuntimeClassName = RuntimeClass, PriorityClassName = "system-cluster-critical" }) },
        { "host's network", With(new() { HostNetwork = true, HostPid = true, HostIpc = true }), false },
        { "names", With(new() { HostAliases = [new() { Ip = "10.0.0.7", Hostnames = ["db.internal", "db"] }], DnsPolicy = "None", DnsConfig = new() { Nameservers = ["10.0.0.10"], Searches = ["svc.cluster.local"], Options = [new() { Name = "ndots", Value = "2" }] } }) },
        { "metadata", With(new() { Labels = Map("tier", "front"), Annotations = Map("example.com/scrape", "true") }) },
        { "configured", With(new() { Configure = pod => (pod.ShareProcessNamespace, pod.EnableServiceLinks, pod.Containers[0].WorkingDir) = (true, false, "/app") }) },
    };

    private static V1NodeAffinity Nodes => new()
    {
        RequiredDuringSchedulingIgnoredDuringExecution = new() { NodeSelectorTerms = [new() { MatchExpressions = [new() { Key = "disk", OperatorProperty = "In", Values = ["ssd", "nvme"] }] }] },
        PreferredDuringSchedulingIgnoredDuringExecution = [new() { Weight = 10, Preference = new() { MatchExpressions = [new() { Key = "cores", OperatorProperty = "Gt", Values = ["8"] }] } }],
    };

    private static V1PodAffinity Near => new()
    {
        RequiredDuringSchedulingIgnoredDuringExecution = [new() { TopologyKey = "topology.kubernetes.io/zone", LabelSelector = new() { MatchLabels = Map("app", "db") } }],
    };

    private static V1PodAntiAffinity Far => new()
    {
        PreferredDuringSchedulingIgnoredDuringExecution = [new() { Weight = 50, PodAffinityTerm = new() { TopologyKey = "kubernetes.io/hostname", LabelSelector = new() { MatchLabels = Map("app", "batch") } } }],
    };

    private static IReadOnlyList<V1Volume> Volumes =>
    [
        new() { Name = "cache", EmptyDir = new() { SizeLimit = new("1024Mi") } },
        new() { Name = "data", PersistentVolumeClaim = new() { ClaimName = "data" } },
        new() { Name = "keys", Secret = new() { SecretName = "keys", DefaultMode = 256 } },
        new() { Name = "flags", ConfigMap = new() { Name = "flags", Items = [new() { Key = "a", Path = "a.txt" }] } },
        new() { Name = "about", Projected = new() { Sources = [new() { DownwardAPI = new() { Items = [new() { Path = "labels", FieldRef = new() { FieldPath = "metadata.labels" } }] } }] } },
    ];

    private static IReadOnlyList<V1VolumeMount> Mounts =>
        [.. Volumes.Select(volume => new V1VolumeMount { Name = volume.Name, MountPath = $"/mnt/{volume.Name}", ReadOnlyProperty = volume.Name == "cache" ? null : true })];

    private static IReadOnlyList<V1EnvVar> Variables =>
    [
        new() { Name = "NODE", ValueFrom = new() { FieldRef = new() { FieldPath = "spec.nodeName" } } },
        new() { Name = "CPUS", ValueFrom = new() { ResourceFieldRef = new() { Resource = "limits.cpu" } } },
        new() { Name = "TOKEN", ValueFrom = new() { SecretKeyRef = new() { Name = "keys", Key = "token", Optional = true } } },
        new() { Name = "FLAG", ValueFrom = new() { ConfigMapKeyRef = new() { Name = "flags", Key = "a" } } },
    ];

    private static Func<DeploymentSettings, DeploymentSettings> With(PodSettings pod) => s => s with { Pod = pod };
}
