using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Engine.Tests.Shared;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Tests.Settings;

public class PodRulesTests
{
    private static readonly V1Volume Cache = new() { Name = "cache", EmptyDir = new() };

    [Fact]
    public void Metadata_IsChecked() => Finds(
        new PodSettings { Labels = Map("a b", "c"), Annotations = Map("aspire-k8s.dev/deployment", "x"), NodeSelectors = Map("disk", "very fast") },
        "Pod.Labels: 'a b' is not a label's key ([prefix/]name)",
        "Pod.Annotations: 'aspire-k8s.dev/deployment' is set by the deployer",
        "Pod.NodeSelectors: the value 'very fast' of 'disk' is not a label value (letters, digits, '-', '_' and '.', at most 63)");

    [Fact]
    public void Tolerations_AreChecked() => Finds(
        new PodSettings
        {
            Tolerations =
            [
                new V1Toleration(),
                new V1Toleration { Key = "gpu", OperatorProperty = "Exists", Value = "a100" },
                new V1Toleration { Key = "gpu", OperatorProperty = "Is", Effect = "Never" },
                new V1Toleration { Key = "gpu", TolerationSeconds = 5, Effect = "NoSchedule" },
                null!,
            ],
        },
        "Pod.Tolerations: an element is null",
        "Pod.Tolerations: one without a key tolerates every taint, and needs the operator Exists",
        "Pod.Tolerations: the operator Exists takes no value, this one has 'a100'",
        "Pod.Tolerations: 'Is' is not an operator (Equal, Exists)",
        "Pod.Tolerations: 'Never' is not an effect (NoSchedule, PreferNoSchedule, NoExecute; none for all)",
        "Pod.Tolerations: TolerationSeconds 5 need the effect NoExecute, this one is 'NoSchedule'");

    [Fact]
    public void Affinity_IsChecked() => Finds(
        new PodSettings
        {
            Affinity = new V1Affinity
            {
                NodeAffinity = new V1NodeAffinity
                {
                    RequiredDuringSchedulingIgnoredDuringExecution = new V1NodeSelector
                    {
                        NodeSelectorTerms = [new V1NodeSelectorTerm { MatchExpressions = [Requirement("disk", "In"), Requirement("disk", "Exists", "ssd"), Requirement("cores", "Gt", "many"), Requirement("x", "Like", "y")] }],
                    },
                    PreferredDuringSchedulingIgnoredDuringExecution = [new V1PreferredSchedulingTerm { Weight = 101, Preference = new V1NodeSelectorTerm() }],
                },
                PodAffinity = new V1PodAffinity { RequiredDuringSchedulingIgnoredDuringExecution = [new V1PodAffinityTerm { TopologyKey = "", MatchLabelKeys = ["a"] }] },
            },
        },
        "Pod.Affinity: the operator In for 'disk' needs values",
        "Pod.Affinity: the operator Exists for 'disk' takes no values",
        "Pod.Affinity: the operator Gt for 'cores' needs exactly one whole number",
        "Pod.Affinity: 'Like' is not an operator for nodes (In, NotIn, Exists, DoesNotExist, Gt, Lt)",
        "Pod.Affinity: 101 is not a weight (1 to 100)",
        "Pod.Affinity: a term for pods has no TopologyKey, such as kubernetes.io/hostname",
        "Pod.Affinity: MatchLabelKeys need a LabelSelector");

    [Fact]
    public void TopologySpread_IsChecked() => Finds(
        new PodSettings
        {
            TopologySpread =
            [
                new V1TopologySpreadConstraint { MaxSkew = 0, TopologyKey = "zone", WhenUnsatisfiable = "ScheduleAnyway", MinDomains = 2, NodeTaintsPolicy = "Maybe" },
                new V1TopologySpreadConstraint { MaxSkew = 1, TopologyKey = "zone", WhenUnsatisfiable = "ScheduleAnyway" },
            ],
        },
        "Pod.TopologySpread: MaxSkew 0 is less than 1",
        "Pod.TopologySpread: MinDomains need WhenUnsatisfiable to be DoNotSchedule",
        "Pod.TopologySpread: 'Maybe' is not a NodeTaintsPolicy (Honor, Ignore)",
        "Pod.TopologySpread: two constraints are for 'zone' with ScheduleAnyway");

    [Fact]
    public void Volumes_AreChecked() => Finds(
        new PodSettings
        {
            Volumes =
            [
                new V1Volume { Name = "Data" },
                new V1Volume { Name = "both", EmptyDir = new(), HostPath = new V1HostPathVolumeSource { Path = "/a/../b", Type = "Folder" } },
                new V1Volume { Name = "both", Secret = new V1SecretVolumeSource { DefaultMode = 777, Items = [new V1KeyToPath { Key = "a", Path = "../a" }] } },
                new V1Volume { Name = "config-files", EmptyDir = new() },
            ],
        },
        "Pod.Volumes: 'Data' is not a volume's name (lower case letters, digits and '-', at most 63)",
        "Pod.Volumes: volume 'Data' has no source, such as EmptyDir",
        "Pod.Volumes: volume 'both' has several sources: EmptyDir, HostPath",
        "Pod.Volumes: the path '/a/../b' of volume 'both' contains '..'",
        "Pod.Volumes: 'Folder' is not a type of HostPath (BlockDevice, CharDevice, Directory, DirectoryOrCreate, File, FileOrCreate, Socket)",
        "Pod.Volumes: DefaultMode 777 of volume 'both' is not a file mode (0 to 511, which is 777 in octal)",
        "Pod.Volumes: '../a' of volume 'both' is not a path inside of it",
        "Pod.Volumes: Secret.SecretName of volume 'both' is missing",
        "Pod.Volumes: two volumes are named 'both'",
        "Pod.Volumes: 'config-files' is the name of the deployer's own volume");

    [Fact]
    public void Mounts_AreChecked() => Finds(
        new PodSettings
        {
            Volumes = [Cache],
            VolumeMounts =
            [
                new V1VolumeMount { Name = "cash", MountPath = "/a" },
                new V1VolumeMount { Name = "cache", MountPath = "relative", SubPath = "../up" },
                new V1VolumeMount { Name = "cache", MountPath = "/b", SubPath = "x", SubPathExpr = "$(Y)" },
                new V1VolumeMount { Name = "cache", MountPath = "/b/", RecursiveReadOnly = "Enabled", MountPropagation = "Both" },
            ],
        },
        "Pod.VolumeMounts: there is no volume 'cash' for '/a'; those that there are: cache",
        "Pod.VolumeMounts: 'relative' is not a path to mount at (absolute, without ':' and '..')",
        "Pod.VolumeMounts: '../up' is not a path inside of the volume (relative, without '..')",
        "Pod.VolumeMounts: '/b' has SubPath and SubPathExpr, which exclude each other",
        "Pod.VolumeMounts: 'Both' is not a MountPropagation (None, HostToContainer, Bidirectional)",
        "Pod.VolumeMounts: RecursiveReadOnly of '/b/' needs ReadOnly",
        "Pod.VolumeMounts: RecursiveReadOnly of '/b/' excludes MountPropagation Both",
        "Pod.VolumeMounts: '/b' is mounted at twice");

    [Fact]
    public void ConfigFiles_AreChecked() => Finds(
        new PodSettings
        {
            Volumes = [Cache, new V1Volume { Name = "keys", Secret = new V1SecretVolumeSource { SecretName = "keys" } }],
            VolumeMounts = [new V1VolumeMount { Name = "cache", MountPath = "/cache" }, new V1VolumeMount { Name = "keys", MountPath = "/keys/" }],
            ConfigFiles = Files("relative", "/a/../b", "/a//b", "/etc/app/", "/etc/x", "/etc/x/y", "/cache", "/cache/ok", "/keys/no"),
        },
        "Pod.ConfigFiles: '/a/../b' is not a file's path (absolute, without ':', '..' and empty parts)",
        "Pod.ConfigFiles: '/a//b' is not a file's path (absolute, without ':', '..' and empty parts)",
        "Pod.ConfigFiles: '/cache' is the place of volume 'cache'",
        "Pod.ConfigFiles: '/cache/ok' is below '/cache', which is a file",
        "Pod.ConfigFiles: '/etc/app/' is not a file's path (absolute, without ':', '..' and empty parts)",
        "Pod.ConfigFiles: '/etc/x/y' is below '/etc/x', which is a file",
        "Pod.ConfigFiles: '/keys/no' is below '/keys/', where volume 'keys' is mounted read-only",
        "Pod.ConfigFiles: 'relative' is not a file's path (absolute, without ':', '..' and empty parts)",
        "Pod.ConfigFiles: together they are 1048642 bytes, more than the 1048576 of a ConfigMap; put what is large into the image or a volume");

    [Fact]
    public void Variables_AreChecked_WithoutTellingValues() => Finds(
        new PodSettings
        {
            Env =
            [
                new V1EnvVar { Name = "1A", Value = "hunter2" },
                new V1EnvVar { Name = "B", Value = "hunter2", ValueFrom = new V1EnvVarSource() },
                new V1EnvVar { Name = "C", ValueFrom = new V1EnvVarSource { FieldRef = new V1ObjectFieldSelector { FieldPath = "spec.color" } } },
                new V1EnvVar { Name = "C", ValueFrom = new V1EnvVarSource { SecretKeyRef = new V1SecretKeySelector { Name = "S", Key = "a b" } } },
                new V1EnvVar { Name = "ASPNETCORE_URLS", Value = "http://+:80" },
                new V1EnvVar { Name = "GREETING", Value = "x" },
            ],
            EnvFrom = [new V1EnvFromSource { Prefix = "1" }],
        },
        "Pod.Env: '1A' is not the name of a variable (letters, digits, '_', '-' and '.', no digit first)",
        "Pod.Env: 'B' has Value and ValueFrom, which exclude each other",
        "Pod.Env: the source of 'B' is not exactly one of SecretKeyRef, ConfigMapKeyRef, FieldRef, ResourceFieldRef and FileKeyRef",
        "Pod.Env: 'spec.color' of 'C' is not a field that a variable can show",
        "Pod.Env: 'S' is not the name of a Secret or ConfigMap (lower case letters, digits, '-' and '.')",
        "Pod.Env: 'a b' of 'C' is not a key of a Secret or ConfigMap (letters, digits, '-', '_' and '.')",
        "Pod.Env: 'C' is set twice",
        "Pod.Env: 'ASPNETCORE_URLS' is set by the deployer",
        "Pod.Env: 'GREETING' is set twice, also by .WithEnvironment(\"GREETING\", …)",
        "Pod.EnvFrom: each is from exactly one of SecretRef and ConfigMapRef",
        "Pod.EnvFrom: the prefix '1' is not the beginning of a variable's name");

    [Fact]
    public void Containers_AreChecked() => Finds(
        new PodSettings
        {
            InitContainers =
            [
                new V1Container { Name = "greeter", Image = "Upper case" },
                new V1Container { Name = "migrate", Image = "migrate", RestartPolicy = "Never", LivenessProbe = new V1Probe() },
                new V1Container { Name = "seed", Image = "seed", Lifecycle = new V1Lifecycle() },
            ],
            Sidecars =
            [
                new V1Container { Name = "migrate", Image = "proxy", ImagePullPolicy = "Sometimes", Ports = [new V1ContainerPort { ContainerPort = 8000 }, new V1ContainerPort { ContainerPort = 70000, Name = "TooBig", HostPort = 1 }] },
                new V1Container
                {
                    Name = "log",
                    Image = "log",
                    Resources = new V1ResourceRequirements { Requests = Amount("2"), Limits = Amount("1500m") },
                    VolumeMounts = [new V1VolumeMount { Name = "cache", MountPath = "/c" }],
                },
            ],
            HostNetwork = true,
        },
        "Pod.InitContainers: 'greeter' is the name of the pipeline's own container",
        "Pod.InitContainers: 'Upper case' of 'greeter' is not an image reference ([host[:port]/]path[:tag][@digest])",
        "Pod.InitContainers: RestartPolicy 'Never' of 'migrate' is not Always, which begins it before what follows and does not wait for it",
        "Pod.InitContainers: 'seed' has probes or a lifecycle, which only a sidecar can have; it belongs into Sidecars",
        "Pod.Sidecars: 'Sometimes' of 'migrate' is not a pull policy (Always, IfNotPresent, Never)",
        "Pod.Sidecars: 8000 of 'migrate' is the port that the pipeline listens on",
        "Pod.Sidecars: 70000 of 'migrate' is not a port (1 to 65535)",
        "Pod.Sidecars: 'TooBig' of 'migrate' is not a port's name (lower case letters, digits and '-', at most 15)",
        "Pod.Sidecars: HostPort 1 of 'migrate' must be its port 70000, because HostNetwork is on",
        "Pod.Sidecars: 'log' requests more cpu (2) than its limit (1500m)",
        "Pod.Sidecars: there is no volume 'cache' for '/c'; none is declared",
        "Pod.InitContainers: two containers are named 'migrate'");

    [Fact]
    public void SecurityContexts_AreChecked() => Finds(
        new PodSettings
        {
            PodSecurityContext = new V1PodSecurityContext { RunAsNonRoot = true, RunAsUser = 0, FsGroup = -1, FsGroupChangePolicy = "Never", SeccompProfile = new V1SeccompProfile { Type = "Localhost" } },
            ContainerSecurityContext = new V1SecurityContext { Privileged = true, AllowPrivilegeEscalation = false, ProcMount = "Open", RunAsUser = 1000, AppArmorProfile = new V1AppArmorProfile { Type = "runtime" } },
        },
        "Pod.PodSecurityContext: FsGroup -1 is not an id (0 to 2147483647)",
        "Pod.PodSecurityContext: RunAsUser 0 is root, which RunAsNonRoot forbids",
        "Pod.PodSecurityContext: 'Never' is not a FsGroupChangePolicy (Always, OnRootMismatch)",
        "Pod.PodSecurityContext: SeccompProfile names a file (LocalhostProfile) exactly when its type is Localhost",
        "Pod.ContainerSecurityContext: AllowPrivilegeEscalation is false, but Privileged or the capability SYS_ADMIN allows it",
        "Pod.ContainerSecurityContext: 'Open' is not a ProcMount (Default, Unmasked)",
        "Pod.ContainerSecurityContext: 'runtime' is not a type of AppArmorProfile (RuntimeDefault, Unconfined, Localhost)");

    [Fact]
    public void NamesAndNetwork_AreChecked() => Finds(
        new PodSettings
        {
            SchedulerName = "My_Scheduler",
            RuntimeClassName = "",
            PriorityClassName = "Top!",
            HostAliases = [new V1HostAlias { Ip = "10.1", Hostnames = ["a_b"] }, new V1HostAlias { Ip = "10.0.0.1" }],
            DnsPolicy = "None",
            DnsConfig = new V1PodDNSConfig { Searches = ["-x"], Options = [new V1PodDNSConfigOption()] },
        },
        "Pod.SchedulerName: 'My_Scheduler' is not the name of a scheduler (lower case letters, digits, '-' and '.')",
        "Pod.RuntimeClassName: '' is not the name of a RuntimeClass (lower case letters, digits, '-' and '.')",
        "Pod.PriorityClassName: 'Top!' is not the name of a PriorityClass (lower case letters, digits, '-' and '.')",
        "Pod.HostAliases: '10.1' is not an IP address",
        "Pod.HostAliases: 'a_b' is not a host name",
        "Pod.HostAliases: the line of '10.0.0.1' has no host names",
        "Pod.DnsPolicy: None needs at least one server in DnsConfig.Nameservers",
        "Pod.DnsConfig: '-x' is not a search domain",
        "Pod.DnsConfig: an option has no name");

    [Fact]
    public void Configure_MayNotChangeWhatTheDeployerNeeds() => Finds(
        new PodSettings
        {
            Configure = pod =>
            {
                pod.RestartPolicy = "Never";
                pod.Containers[0].Ports[0].ContainerPort = 80;
                pod.Containers[0].Env[0].Value = "80";
                pod.Containers.Add(new V1Container { Name = "greeter2", Image = "x", VolumeMounts = [new V1VolumeMount { Name = "no", MountPath = "/x" }] });
            },
        },
        "Pod.Configure: RestartPolicy 'Never' is not Always, the only one for a Deployment",
        "Pod.Configure: the pipeline's port 'http' 8000 is changed; .WithService(s => s.Port = …) changes it everywhere",
        "Pod.Configure: 'ASPNETCORE_HTTP_PORTS', which the deployer sets, is changed",
        "Pod.Configure: there is no volume 'no' for '/x'; none is declared");

    [Fact]
    public void Configure_MayNotRemoveThePipeline() => Finds(
        new PodSettings { Configure = pod => pod.Containers[0].Name = "other" },
        "Pod.Configure: there is no longer exactly one container 'greeter', the pipeline's own");

    [Fact]
    public void Configure_ThatThrows_IsAMistake() => Finds(
        new PodSettings { Configure = _ => throw new InvalidOperationException("no") },
        "Pod.Configure: it threw InvalidOperationException: no");

    [Fact]
    public void Configure_ThatIsNeverTheSame_IsAMistake() => Finds(
        new PodSettings { Configure = pod => pod.Hostname = $"{Guid.NewGuid():N}" },
        "Pod.Configure: it gives another pod each time, so that every deploy would roll the pods");

    [Fact]
    public void TheFix_IsTheCallThatSetsIt()
    {
        var error = Assert.Single(DeploymentEngine.Validate(A.Settings() with { Pod = new PodSettings { DnsPolicy = "cluster" } }));

        Assert.Equal(".WithPodSettings(p => p.DnsPolicy = \"ClusterFirst\")", error.Fix);
    }

    private static Dictionary<string, string> Files(params string[] paths) => paths.ToDictionary(path => path, path => path == "/etc/x" ? new string('x', 1 << 20) : "");

    private static void Finds(PodSettings pod, params string[] problems)
    {
        var settings = A.Settings() with { Pod = pod, Environment = Map("GREETING", "Hello") };

        Assert.Equal(problems, DeploymentEngine.Validate(settings).Select(error => $"{error.Setting}: {error.Problem}"));
    }

    private static V1NodeSelectorRequirement Requirement(string key, string operation, params string[] values) => new() { Key = key, OperatorProperty = operation, Values = values };

    private static Dictionary<string, ResourceQuantity> Amount(string cpu) => new() { ["cpu"] = new(cpu) };

    private static Dictionary<string, string> Map(string key, string value) => new() { [key] = value };
}
