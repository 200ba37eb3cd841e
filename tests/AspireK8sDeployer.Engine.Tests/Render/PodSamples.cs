using AspireK8sDeployer.Engine.Settings;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Tests.Render;

/// <summary>One value for every property of <see cref="PodSettings"/>, with the field of the pod template that it becomes.</summary>
internal static class PodSamples
{
    public static readonly IReadOnlyDictionary<string, (PodSettings Settings, string Path, string Value)> All =
        new Dictionary<string, (PodSettings, string, string)>
        {
            ["NodeSelectors"] = (
                new() { NodeSelectors = Map("kubernetes.io/arch", "amd64") },
                "spec.nodeSelector", """{"kubernetes.io/arch":"amd64"}"""),
            ["Tolerations"] = (
                new() { Tolerations = [new V1Toleration { Key = "gpu", OperatorProperty = "Exists", Effect = "NoExecute", TolerationSeconds = 60 }] },
                "spec.tolerations", """[{"effect":"NoExecute","key":"gpu","operator":"Exists","tolerationSeconds":60}]"""),
            ["Affinity"] = (
                new()
                {
                    Affinity = new V1Affinity
                    {
                        NodeAffinity = new V1NodeAffinity
                        {
                            RequiredDuringSchedulingIgnoredDuringExecution = new V1NodeSelector
                            {
                                NodeSelectorTerms = [new V1NodeSelectorTerm { MatchExpressions = [new V1NodeSelectorRequirement { Key = "disk", OperatorProperty = "In", Values = ["ssd"] }] }],
                            },
                        },
                        PodAntiAffinity = new V1PodAntiAffinity
                        {
                            PreferredDuringSchedulingIgnoredDuringExecution =
                            [
                                new V1WeightedPodAffinityTerm
                                {
                                    Weight = 50,
                                    PodAffinityTerm = new V1PodAffinityTerm { TopologyKey = "kubernetes.io/hostname", LabelSelector = new V1LabelSelector { MatchLabels = Map("app", "x") } },
                                },
                            ],
                        },
                    },
                },
                "spec.affinity",
                """{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"disk","operator":"In","values":["ssd"]}]}]}},"podAntiAffinity":{"preferredDuringSchedulingIgnoredDuringExecution":[{"podAffinityTerm":{"labelSelector":{"matchLabels":{"app":"x"}},"topologyKey":"kubernetes.io/hostname"},"weight":50}]}}"""),
            ["TopologySpread"] = (
                new() { TopologySpread = [new V1TopologySpreadConstraint { MaxSkew = 1, TopologyKey = "topology.kubernetes.io/zone", WhenUnsatisfiable = "ScheduleAnyway" }] },
                "spec.topologySpreadConstraints",
                """[{"maxSkew":1,"topologyKey":"topology.kubernetes.io/zone","whenUnsatisfiable":"ScheduleAnyway","labelSelector":{"matchLabels":{"aspire-k8s.dev/deployment":"greeter"}}}]"""),
            ["Volumes"] = (
                new() { Volumes = [new V1Volume { Name = "cache", EmptyDir = new V1EmptyDirVolumeSource { SizeLimit = new ResourceQuantity("1024Mi") } }, new V1Volume { Name = "tmp", EmptyDir = new() }] },
                "spec.volumes", """[{"name":"cache","emptyDir":{"sizeLimit":"1Gi"}},{"name":"tmp","emptyDir":{}}]"""),
            ["VolumeMounts"] = (
                new() { Volumes = [new V1Volume { Name = "cache", EmptyDir = new() }], VolumeMounts = [new V1VolumeMount { Name = "cache", MountPath = "/var/cache", SubPath = "a/b", ReadOnlyProperty = true }] },
                "spec.containers.0.volumeMounts", """[{"name":"cache","mountPath":"/var/cache","readOnly":true,"subPath":"a/b"}]"""),
            ["ConfigFiles"] = (
                new() { ConfigFiles = Map("/etc/greeter/app.json", "{}") },
                "spec.containers.0.volumeMounts", """[{"name":"config-files","mountPath":"/etc/greeter/app.json","subPath":"app.json","readOnly":true}]"""),
            ["Env"] = (
                new() { Env = [new V1EnvVar { Name = "NODE", ValueFrom = new V1EnvVarSource { FieldRef = new V1ObjectFieldSelector { FieldPath = "spec.nodeName" } } }] },
                "spec.containers.0.env.6", """{"name":"NODE","valueFrom":{"fieldRef":{"fieldPath":"spec.nodeName","apiVersion":"v1"}}}"""),
            ["EnvFrom"] = (
                new() { EnvFrom = [new V1EnvFromSource { Prefix = "DB_", SecretRef = new V1SecretEnvSource { Name = "credentials" } }] },
                "spec.containers.0.envFrom", """[{"prefix":"DB_","secretRef":{"name":"credentials"}}]"""),
            ["InitContainers"] = (
                new() { InitContainers = [new V1Container { Name = "migrate", Image = "registry.example.com/migrate:1", Args = [], SecurityContext = new V1SecurityContext { RunAsUser = 0 } }] },
                "spec.initContainers",
                """[{"name":"migrate","image":"registry.example.com/migrate:1","securityContext":{"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]},"runAsNonRoot":false,"runAsUser":0}}]"""),
            ["Sidecars"] = (
                new()
                {
                    Sidecars =
                    [
                        new V1Container
                        {
                            Name = "proxy",
                            Image = "registry.example.com/proxy:1",
                            Ports = [new V1ContainerPort { ContainerPort = 5432 }],
                            Resources = new V1ResourceRequirements { Requests = new Dictionary<string, ResourceQuantity> { ["cpu"] = new("1000m") } },
                        },
                    ],
                },
                "spec.initContainers",
                """[{"name":"proxy","image":"registry.example.com/proxy:1","ports":[{"containerPort":5432,"protocol":"TCP"}],"resources":{"requests":{"cpu":"1"}},"securityContext":{"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]}},"restartPolicy":"Always"}]"""),
            ["PodSecurityContext"] = (
                new() { PodSecurityContext = new V1PodSecurityContext { RunAsUser = 1000, FsGroup = 2000, SeccompProfile = new V1SeccompProfile { Type = "Localhost", LocalhostProfile = "a.json" } } },
                "spec.securityContext", """{"runAsNonRoot":true,"fsGroup":2000,"runAsUser":1000,"seccompProfile":{"localhostProfile":"a.json","type":"Localhost"}}"""),
            ["ContainerSecurityContext"] = (
                new() { ContainerSecurityContext = new V1SecurityContext { ReadOnlyRootFilesystem = true, Capabilities = new V1Capabilities { Add = ["NET_BIND_SERVICE"] } } },
                "spec.containers.0.securityContext", """{"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"],"add":["NET_BIND_SERVICE"]},"readOnlyRootFilesystem":true}"""),
            ["SchedulerName"] = (new() { SchedulerName = "my-scheduler" }, "spec.schedulerName", "\"my-scheduler\""),
            ["RuntimeClassName"] = (new() { RuntimeClassName = "gvisor" }, "spec.runtimeClassName", "\"gvisor\""),
            ["PriorityClassName"] = (new() { PriorityClassName = "business-critical" }, "spec.priorityClassName", "\"business-critical\""),
            ["HostNetwork"] = (new() { HostNetwork = true }, "spec.hostNetwork", "true"),
            ["HostPid"] = (new() { HostPid = true }, "spec.hostPID", "true"),
            ["HostIpc"] = (new() { HostIpc = true }, "spec.hostIPC", "true"),
            ["HostAliases"] = (new() { HostAliases = [new V1HostAlias { Ip = "10.0.0.7", Hostnames = ["db.internal"] }] }, "spec.hostAliases", """[{"hostnames":["db.internal"],"ip":"10.0.0.7"}]"""),
            ["DnsPolicy"] = (new() { DnsPolicy = "Default" }, "spec.dnsPolicy", "\"Default\""),
            ["DnsConfig"] = (
                new() { DnsConfig = new V1PodDNSConfig { Nameservers = ["10.0.0.10"], Searches = [], Options = [new V1PodDNSConfigOption { Name = "ndots", Value = "2" }] } },
                "spec.dnsConfig", """{"nameservers":["10.0.0.10"],"options":[{"name":"ndots","value":"2"}]}"""),
            ["Labels"] = (new() { Labels = Map("tier", "front") }, "metadata.labels.tier", "\"front\""),
            ["Annotations"] = (new() { Annotations = Map("example.com/scrape", "true") }, "metadata.annotations", """{"example.com/scrape":"true"}"""),
            ["Configure"] = (new() { Configure = pod => pod.ShareProcessNamespace = true }, "spec.shareProcessNamespace", "true"),
        };

    private static Dictionary<string, string> Map(string key, string value) => new() { [key] = value };
}
