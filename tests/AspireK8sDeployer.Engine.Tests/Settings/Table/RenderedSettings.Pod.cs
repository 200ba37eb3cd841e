using static AspireK8sDeployer.Engine.Tests.Settings.Table.Given;

namespace AspireK8sDeployer.Engine.Tests.Settings.Table;

internal static partial class RenderedSettings
{
    /// <summary>The pods, besides their container.</summary>
    private static readonly RenderedTable Pod = new()
    {
        { "Pod.NodeSelectors", Pod(new() { NodeSelectors = Map("kubernetes.io/arch", "amd64") }), "Deployment spec.template.spec.nodeSelector", """{"kubernetes.io/arch":"amd64"}""" },
        { "Pod.Tolerations", Pod(new() { Tolerations = [new() { Key = "gpu", OperatorProperty = "Exists", Effect = "NoExecute", TolerationSeconds = 60 }] }), "Deployment spec.template.spec.tolerations", """[{"effect":"NoExecute","key":"gpu","operator":"Exists","tolerationSeconds":60}]""" },
        { "Pod.Affinity", NodeTerm(new() { MatchExpressions = [new() { Key = "disk", OperatorProperty = "In", Values = ["ssd"] }] }), "Deployment spec.template.spec.affinity.nodeAffinity", """{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"disk","operator":"In","values":["ssd"]}]}]}}""" },
        { "Pod.Affinity", NearPods(new() { TopologyKey = "kubernetes.io/hostname", LabelSelector = new() { MatchLabels = Map("app", "x") } }), "Deployment spec.template.spec.affinity.podAffinity", """{"requiredDuringSchedulingIgnoredDuringExecution":[{"labelSelector":{"matchLabels":{"app":"x"}},"topologyKey":"kubernetes.io/hostname"}]}""" },
        { "Pod.TopologySpread", Spread(Zone), "Deployment spec.template.spec.topologySpreadConstraints", """[{"maxSkew":1,"topologyKey":"zone","whenUnsatisfiable":"DoNotSchedule","labelSelector":{"matchLabels":{"aspire-k8s.dev/deployment":"greeter"}}}]""" },
        { "Pod.Affinity", Pod(new() { Affinity = new() { PodAntiAffinity = new() { PreferredDuringSchedulingIgnoredDuringExecution = [new() { Weight = 50, PodAffinityTerm = new() { TopologyKey = "kubernetes.io/hostname" } }] } } }), "Deployment spec.template.spec.affinity.podAntiAffinity", """{"preferredDuringSchedulingIgnoredDuringExecution":[{"podAffinityTerm":{"topologyKey":"kubernetes.io/hostname"},"weight":50}]}""" },
        { "Pod.Volumes", Volume(new() { Name = "cache", EmptyDir = new() { SizeLimit = new("1024Mi") } }), "Deployment spec.template.spec.volumes", """[{"name":"cache","emptyDir":{"sizeLimit":"1Gi"}}]""" },
        { "Pod.VolumeMounts", Mount(new() { Name = "cache", MountPath = "/var/cache", SubPath = "a/b", ReadOnlyProperty = true }), "Deployment spec.template.spec.containers[0].volumeMounts", """[{"name":"cache","mountPath":"/var/cache","readOnly":true,"subPath":"a/b"}]""" },
        { "Pod.ConfigFiles", Pod(new() { ConfigFiles = Map("/etc/greeter/app.json", "{}") }), "ConfigMap data", """{"app.json":"{}"}""" },
        { "Pod.ConfigFiles", Pod(new() { ConfigFiles = Map("/etc/greeter/app.json", "{}") }), "Deployment spec.template.spec.containers[0].volumeMounts", """[{"name":"config-files","mountPath":"/etc/greeter/app.json","subPath":"app.json","readOnly":true}]""" },
        { "Pod.Env", Variable(new() { Name = "NODE", ValueFrom = new() { FieldRef = new() { FieldPath = "spec.nodeName" } } }), "Deployment spec.template.spec.containers[0].env[name=NODE].valueFrom", """{"fieldRef":{"fieldPath":"spec.nodeName","apiVersion":"v1"}}""" },
        { "Pod.EnvFrom", Pod(new() { EnvFrom = [new() { Prefix = "DB_", SecretRef = new() { Name = "credentials" } }] }), "Deployment spec.template.spec.containers[0].envFrom", """[{"prefix":"DB_","secretRef":{"name":"credentials"}}]""" },
        { "Pod.InitContainers", Init(new() { Name = "migrate", Image = "registry.example.com/migrate:1" }), "Deployment spec.template.spec.initContainers", """[{"name":"migrate","image":"registry.example.com/migrate:1","securityContext":{"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]}}}]""" },
        { "Pod.InitContainers", Init(new() { Name = "migrate", Image = "registry.example.com/migrate:1", SecurityContext = new() { RunAsUser = 0 } }), "Deployment spec.template.spec.initContainers[0].securityContext", """{"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]},"runAsNonRoot":false,"runAsUser":0}""" },
        { "Pod.Sidecars", Sidecar(new() { Name = "proxy", Image = "registry.example.com/proxy:1", Resources = new() { Requests = Amount("1000m") } }), "Deployment spec.template.spec.initContainers[0].resources", """{"requests":{"cpu":"1"}}""" },
        { "Pod.Sidecars", Sidecar(new() { Name = "proxy", Image = "registry.example.com/proxy:1", Ports = [new() { ContainerPort = 5432 }] }), "Deployment spec.template.spec.initContainers", """[{"name":"proxy","image":"registry.example.com/proxy:1","ports":[{"containerPort":5432,"protocol":"TCP"}],"securityContext":{"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]}},"restartPolicy":"Always"}]""" },
        { "Pod.PodSecurityContext", With(s => s), "Deployment spec.template.spec.securityContext", """{"seccompProfile":{"type":"RuntimeDefault"},"runAsNonRoot":true}""" },
        { "Pod.PodSecurityContext", PodSecurity(new() { RunAsUser = 1000, FsGroup = 2000 }), "Deployment spec.template.spec.securityContext", """{"seccompProfile":{"type":"RuntimeDefault"},"runAsNonRoot":true,"fsGroup":2000,"runAsUser":1000}""" },
        { "Pod.PodSecurityContext", PodSecurity(new() { RunAsUser = 0 }), "Deployment spec.template.spec.securityContext", """{"seccompProfile":{"type":"RuntimeDefault"},"runAsUser":0}""" },
        { "Pod.PodSecurityContext", PodSecurity(new() { SeccompProfile = new() { Type = "Localhost", LocalhostProfile = "a.json" } }), "Deployment spec.template.spec.securityContext", """{"runAsNonRoot":true,"seccompProfile":{"localhostProfile":"a.json","type":"Localhost"}}""" },
        { "Pod.ContainerSecurityContext", With(s => s), "Deployment spec.template.spec.containers[0].securityContext", """{"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]}}""" },
        { "Pod.ContainerSecurityContext", Security(new() { ReadOnlyRootFilesystem = true }), "Deployment spec.template.spec.containers[0].securityContext", """{"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]},"readOnlyRootFilesystem":true}""" },
        { "Pod.ContainerSecurityContext", Security(new() { Capabilities = new() { Add = ["NET_BIND_SERVICE"] } }), "Deployment spec.template.spec.containers[0].securityContext", """{"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"],"add":["NET_BIND_SERVICE"]}}""" },
        { "Pod.ContainerSecurityContext", Security(new() { Privileged = true, Capabilities = new() { Drop = [] } }), "Deployment spec.template.spec.containers[0].securityContext", """{"capabilities":{},"privileged":true}""" },
        { "Pod.SchedulerName", Pod(new() { SchedulerName = "my-scheduler" }), "Deployment spec.template.spec.schedulerName", "\"my-scheduler\"" },
        { "Pod.RuntimeClassName", Pod(new() { RuntimeClassName = "gvisor" }), "Deployment spec.template.spec.runtimeClassName", "\"gvisor\"" },
        { "Pod.PriorityClassName", Pod(new() { PriorityClassName = "business-critical" }), "Deployment spec.template.spec.priorityClassName", "\"business-critical\"" },
        { "Pod.HostNetwork", Pod(new() { HostNetwork = true }), "Deployment spec.template.spec.hostNetwork", "true" },
        { "Pod.HostNetwork", Pod(new() { HostNetwork = true }), "Deployment spec.template.spec.dnsPolicy", "\"ClusterFirstWithHostNet\"" },
        { "Pod.HostNetwork", Pod(new() { HostNetwork = true }), "Deployment spec.strategy.rollingUpdate", """{"maxSurge":0,"maxUnavailable":1}""" },
        { "Pod.HostNetwork", Pod(new()), "Deployment spec.strategy.rollingUpdate", """{"maxSurge":"25%","maxUnavailable":0}""" },
        { "Pod.Sidecars", Pod(new() { Sidecars = [new() { Name = "agent", Image = "agent", Ports = [new() { ContainerPort = 9100, HostPort = 9100 }] }] }), "Deployment spec.strategy.rollingUpdate", """{"maxSurge":0,"maxUnavailable":1}""" },
        { "Pod.HostPid", Pod(new() { HostPid = true }), "Deployment spec.template.spec.hostPID", "true" },
        { "Pod.HostIpc", Pod(new() { HostIpc = true }), "Deployment spec.template.spec.hostIPC", "true" },
        { "Pod.HostAliases", Pod(new() { HostAliases = [new() { Ip = "10.0.0.7", Hostnames = ["db.internal"] }] }), "Deployment spec.template.spec.hostAliases", """[{"hostnames":["db.internal"],"ip":"10.0.0.7"}]""" },
        { "Pod.DnsPolicy", Pod(new() { DnsPolicy = "Default" }), "Deployment spec.template.spec.dnsPolicy", "\"Default\"" },
        { "Pod.DnsConfig", Pod(new() { DnsConfig = new() { Nameservers = ["10.0.0.10"], Options = [new() { Name = "ndots", Value = "2" }] } }), "Deployment spec.template.spec.dnsConfig", """{"nameservers":["10.0.0.10"],"options":[{"name":"ndots","value":"2"}]}""" },
        { "Pod.Labels", Pod(new() { Labels = Map("tier", "front") }), "Deployment spec.template.metadata.labels.tier", "\"front\"" },
        { "Pod.Labels", Pod(new() { Labels = Map("tier", "front") }), "Deployment metadata.labels.tier", null },
        { "Pod.Annotations", Pod(new() { Annotations = Map("example.com/scrape", "true") }), "Deployment spec.template.metadata.annotations", """{"example.com/scrape":"true"}""" },
        { "Pod.Annotations", Pod(new() { Annotations = Map("example.com/scrape", "true") }), "Deployment metadata.annotations", null },
        { "Pod.Configure", Configured(pod => pod.ShareProcessNamespace = true), "Deployment spec.template.spec.shareProcessNamespace", "true" },
    };
}
