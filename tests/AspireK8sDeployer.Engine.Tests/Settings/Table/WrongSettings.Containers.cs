using static AspireK8sDeployer.Engine.Tests.Settings.Table.Given;

namespace AspireK8sDeployer.Engine.Tests.Settings.Table;

internal static partial class WrongSettings
{
    /// <summary>Other containers, security, network, and the user's own change.</summary>
    private static readonly WrongTable Containers = new()
    {
        { "Pod.InitContainers", Init(new() { Name = "seed", Image = "seed", RestartPolicy = "Never" }), "RestartPolicy 'Never' of 'seed' is not Always, which begins it before what follows and does not wait for it" },
        { "Pod.InitContainers", Init(new() { Name = "seed", Image = "seed", LivenessProbe = new() }), "'seed' has probes or a lifecycle, which only a sidecar can have; it belongs into Sidecars" },
        { "Pod.InitContainers", Pod(new() { InitContainers = [new() { Name = "seed", Image = "seed" }], Sidecars = [new() { Name = "seed", Image = "seed" }] }), "two containers are named 'seed'" },

        { "Pod.Sidecars", Sidecar(new() { Image = "proxy" }), "'' is not a container's name (lower case letters, digits and '-', at most 63)" },
        { "Pod.Sidecars", Sidecar(new() { Name = "greeter", Image = "proxy" }), "'greeter' is the name of the pipeline's own container" },
        { "Pod.Sidecars", Sidecar(new() { Name = "proxy", Image = "Upper case" }), "'Upper case' of 'proxy' is not an image reference ([host[:port]/]path[:tag][@digest])" },
        { "Pod.Sidecars", Sidecar(new() { Name = "proxy", Image = "proxy", RestartPolicy = "OnFailure" }), "RestartPolicy 'OnFailure' of 'proxy' is not Always, the only one for a sidecar" },
        { "Pod.Sidecars", Sidecar(new() { Name = "proxy", Image = "proxy", ImagePullPolicy = "Sometimes" }), "'Sometimes' of 'proxy' is not a pull policy (Always, IfNotPresent, Never)" },
        { "Pod.Sidecars", Sidecar(new() { Name = "proxy", Image = "proxy", TerminationMessagePolicy = "Mail" }), "'Mail' of 'proxy' is not a TerminationMessagePolicy (File, FallbackToLogsOnError)" },
        { "Pod.Sidecars", Sidecar(new() { Name = "proxy", Image = "proxy", Ports = [new() { ContainerPort = 70_000 }] }), "70000 of 'proxy' is not a port (1 to 65535)" },
        { "Pod.Sidecars", Sidecar(new() { Name = "proxy", Image = "proxy", Ports = [new() { ContainerPort = 80, HostPort = 0 }] }), "0 of 'proxy' is not a port (1 to 65535)" },
        { "Pod.Sidecars", Sidecar(new() { Name = "proxy", Image = "proxy", Ports = [new() { ContainerPort = 80, Name = "TooBig" }] }), "'TooBig' of 'proxy' is not a port's name (lower case letters, digits and '-', at most 15)" },
        { "Pod.Sidecars", Sidecar(new() { Name = "proxy", Image = "proxy", Ports = [new() { ContainerPort = 80, Protocol = "HTTP" }] }), "'HTTP' of 'proxy' is not a protocol (TCP, UDP, SCTP)" },
        { "Pod.Sidecars", Sidecar(new() { Name = "proxy", Image = "proxy", Ports = [new() { ContainerPort = 8000 }] }), "8000 of 'proxy' is the port that the pipeline listens on" },
        { "Pod.Sidecars", Sidecar(new() { Name = "proxy", Image = "proxy", Ports = [new() { ContainerPort = 80, Name = "web" }, new() { ContainerPort = 81, Name = "web" }] }), "two ports of 'proxy' are named 'web'" },
        { "Pod.Sidecars", Sidecar(new() { Name = "proxy", Image = "proxy", Resources = new() { Requests = Amount("2"), Limits = Amount("1500m") } }), "'proxy' requests more cpu (2) than its limit (1500m)" },
        { "Pod.Sidecars", Sidecar(new() { Name = "proxy", Image = "proxy", Env = [new() { Name = "1A" }] }), "'1A' is not the name of a variable (letters, digits, '_', '-' and '.', no digit first)" },
        { "Pod.Sidecars", Sidecar(new() { Name = "proxy", Image = "proxy", EnvFrom = [new()] }), "each is from exactly one of SecretRef and ConfigMapRef" },
        { "Pod.Sidecars", Sidecar(new() { Name = "proxy", Image = "proxy", VolumeMounts = [new() { Name = "no", MountPath = "/x" }] }), "there is no volume 'no' for '/x'; none is declared" },
        { "Pod.Sidecars", Sidecar(new() { Name = "proxy", Image = "proxy", SecurityContext = new() { ProcMount = "Open" } }), "'Open' is not a ProcMount (Default, Unmasked)" },
        { "Pod.Sidecars", Pod(new() { HostNetwork = true, Sidecars = [new() { Name = "proxy", Image = "proxy", Ports = [new() { ContainerPort = 80, HostPort = 81 }] }] }), "HostPort 81 of 'proxy' must be its port 80, because HostNetwork is on" },

        { "Pod.PodSecurityContext", PodSecurity(new() { RunAsUser = -1 }), "RunAsUser -1 is not an id (0 to 2147483647)" },
        { "Pod.PodSecurityContext", PodSecurity(new() { SupplementalGroups = [-1] }), "SupplementalGroups -1 is not an id (0 to 2147483647)" },
        { "Pod.PodSecurityContext", PodSecurity(new() { RunAsNonRoot = true, RunAsUser = 0 }), "RunAsUser 0 is root, which RunAsNonRoot forbids" },
        { "Pod.PodSecurityContext", PodSecurity(new() { FsGroupChangePolicy = "Never" }), "'Never' is not a FsGroupChangePolicy (Always, OnRootMismatch)" },
        { "Pod.PodSecurityContext", PodSecurity(new() { SupplementalGroupsPolicy = "Some" }), "'Some' is not a SupplementalGroupsPolicy (Merge, Strict)" },
        { "Pod.PodSecurityContext", PodSecurity(new() { SeccompProfile = new() { Type = "None" } }), "'None' is not a type of SeccompProfile (RuntimeDefault, Unconfined, Localhost)" },
        { "Pod.PodSecurityContext", PodSecurity(new() { SeccompProfile = new() { Type = "Localhost" } }), "SeccompProfile names a file (LocalhostProfile) exactly when its type is Localhost" },
        { "Pod.PodSecurityContext", PodSecurity(new() { AppArmorProfile = new() { Type = "RuntimeDefault", LocalhostProfile = "a" } }), "AppArmorProfile names a file (LocalhostProfile) exactly when its type is Localhost" },
        { "Pod.PodSecurityContext", PodSecurity(new() { Sysctls = [new() { Value = "1" }] }), "a sysctl has no name" },
        { "Pod.PodSecurityContext", PodSecurity(new() { Sysctls = [new() { Name = "a", Value = "1" }, new() { Name = "a", Value = "2" }] }), "the sysctl 'a' is set twice" },

        { "Pod.ContainerSecurityContext", Security(new() { RunAsGroup = 4_294_967_296 }), "RunAsGroup 4294967296 is not an id (0 to 2147483647)" },
        { "Pod.ContainerSecurityContext", Security(new() { RunAsNonRoot = true, RunAsUser = 0 }), "RunAsUser 0 is root, which RunAsNonRoot forbids" },
        { "Pod.ContainerSecurityContext", Security(new() { Privileged = true, AllowPrivilegeEscalation = false }), "AllowPrivilegeEscalation is false, but Privileged or the capability SYS_ADMIN allows it" },
        { "Pod.ContainerSecurityContext", Security(new() { ProcMount = "Open" }), "'Open' is not a ProcMount (Default, Unmasked)" },
        { "Pod.ContainerSecurityContext", Security(new() { SeccompProfile = new() { Type = "None" } }), "'None' is not a type of SeccompProfile (RuntimeDefault, Unconfined, Localhost)" },
        { "Pod.ContainerSecurityContext", Security(new() { AppArmorProfile = new() { Type = "runtime" } }), "'runtime' is not a type of AppArmorProfile (RuntimeDefault, Unconfined, Localhost)" },

        { "Pod.SchedulerName", Pod(new() { SchedulerName = "My_Scheduler" }), "'My_Scheduler' is not the name of a scheduler (lower case letters, digits, '-' and '.')", """.WithPodSettings(p => p.SchedulerName = "my-scheduler")""" },

        { "Pod.RuntimeClassName", Pod(new() { RuntimeClassName = "" }), "'' is not the name of a RuntimeClass (lower case letters, digits, '-' and '.')", """.WithPodSettings(p => p.RuntimeClassName = "gvisor")""" },

        { "Pod.PriorityClassName", Pod(new() { PriorityClassName = "Top!" }), "'Top!' is not the name of a PriorityClass (lower case letters, digits, '-' and '.')", """.WithPodSettings(p => p.PriorityClassName = "business-critical")""" },

        { "Pod.HostAliases", Pod(new() { HostAliases = [new() { Ip = "10.1", Hostnames = ["db"] }] }), "'10.1' is not an IP address" },
        { "Pod.HostAliases", Pod(new() { HostAliases = [new() { Ip = "10.0.0.7", Hostnames = ["a_b"] }] }), "'a_b' is not a host name" },
        { "Pod.HostAliases", Pod(new() { HostAliases = [new() { Ip = "10.0.0.7" }] }), "the line of '10.0.0.7' has no host names" },
        { "Pod.HostAliases", Pod(new() { HostAliases = [new() { Ip = "10.0.0.7", Hostnames = ["a"] }, new() { Ip = "10.0.0.7", Hostnames = ["b"] }] }), "two lines are for '10.0.0.7'; put their host names into one" },

        { "Pod.DnsPolicy", Pod(new() { DnsPolicy = "cluster" }), "'cluster' is not a DNS policy (ClusterFirst, ClusterFirstWithHostNet, Default, None)" },
        { "Pod.DnsPolicy", Pod(new() { DnsPolicy = "None" }), "None needs at least one server in DnsConfig.Nameservers" },

        { "Pod.DnsConfig", Pod(new() { DnsConfig = new() { Nameservers = ["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"] } }), "there are 4 servers, more than 3" },
        { "Pod.DnsConfig", Pod(new() { DnsConfig = new() { Nameservers = ["dns"] } }), "'dns' is not an IP address" },
        { "Pod.DnsConfig", Pod(new() { DnsConfig = new() { Searches = [.. Enumerable.Range(0, 33).Select(number => $"d{number}")] } }), "there are 33 search domains, more than 32" },
        { "Pod.DnsConfig", Pod(new() { DnsConfig = new() { Searches = [.. Enumerable.Repeat(new string('a', 250), 9)] } }), "the search domains are more than 2048 characters" },
        { "Pod.DnsConfig", Pod(new() { DnsConfig = new() { Searches = ["-x"] } }), "'-x' is not a search domain" },
        { "Pod.DnsConfig", Pod(new() { DnsConfig = new() { Options = [new()] } }), "an option has no name" },

        { "Pod.Labels", Pod(new() { Labels = Map("a b", "c") }), "'a b' is not a label's key ([prefix/]name)" },
        { "Pod.Labels", Pod(new() { Labels = Map("tier", "a b") }), "the value 'a b' of 'tier' is not a label value (letters, digits, '-', '_' and '.', at most 63)" },
        { "Pod.Labels", Pod(new() { Labels = Map("aspire-k8s.dev/deployment", "x") }), "'aspire-k8s.dev/deployment' is set by the deployer", "use another key" },

        { "Pod.Annotations", Pod(new() { Annotations = Map("a b", "c") }), "'a b' is not an annotation's key ([prefix/]name)", """.WithPodSettings(p => p.Annotations["example.com/owner"] = "payments")""" },
        { "Pod.Annotations", Pod(new() { Annotations = Map("aspire-k8s.dev/deployment", "x") }), "'aspire-k8s.dev/deployment' is set by the deployer", "use another key" },

        { "Pod.Configure", Configured(_ => throw new InvalidOperationException("no")), "it threw InvalidOperationException: no", "correct the code of .WithPodSettings(p => p.Configure = pod => …)" },
        { "Pod.Configure", Configured(pod => pod.Hostname = $"{Guid.NewGuid():N}"), "it gives another pod each time, so that every deploy would roll the pods" },
        { "Pod.Configure", Configured(pod => pod.RestartPolicy = "Never"), "RestartPolicy 'Never' is not Always, the only one for a Deployment" },
        { "Pod.Configure", Configured(pod => pod.EphemeralContainers = [new() { Name = "debug", Image = "busybox" }]), "ephemeral containers are added to pods that run, not to a Deployment" },
        { "Pod.Configure", Configured(pod => pod.ActiveDeadlineSeconds = 5), "ActiveDeadlineSeconds would end a pod that is to run on" },
        { "Pod.Configure", Configured(pod => pod.Containers[0].Name = "other"), "there is no longer exactly one container 'greeter', the pipeline's own" },
        { "Pod.Configure", Configured(pod => pod.Containers[0].Ports[0].ContainerPort = 80), "the pipeline's port 'http' 8000 is changed; .WithService(s => s.Port = …) changes it everywhere" },
        { "Pod.Configure", Configured(pod => pod.Containers[0].Env[0].Value = "80"), "'ASPNETCORE_HTTP_PORTS', which the deployer sets, is changed" },
        { "Pod.Configure", Configured(pod => pod.Containers.Add(new() { Name = "other", Image = "x", VolumeMounts = [new() { Name = "no", MountPath = "/x" }] })), "there is no volume 'no' for '/x'; none is declared" },
        { "Pod.Configure", Configured(pod => pod.Containers.Add(new() { Name = "greeter", Image = "x" })), "there is no longer exactly one container 'greeter', the pipeline's own" },
        { "Pod.Configure", Configured(pod => pod.Containers[0].Env.Add(new() { Name = "1A", Value = "x" })), "'1A' is not the name of a variable (letters, digits, '_', '-' and '.', no digit first)" },
        { "Pod.Configure", Configured(pod => pod.InitContainers = [new() { Name = "seed", Image = "x" }, new() { Name = "seed", Image = "x" }]), "two containers are named 'seed'" },
        { "Pod.Configure", Configured(pod => pod.Tolerations = [new()]), "one without a key tolerates every taint, and needs the operator Exists" },
        { "Pod.Configure", Configured(pod => pod.DnsPolicy = "cluster"), "'cluster' is not a DNS policy (ClusterFirst, ClusterFirstWithHostNet, Default, None)" },
        { "Pod.Configure", With(s => s with { Pod = new() { ConfigFiles = Map("/etc/a", ""), Configure = pod => pod.Volumes[0].ConfigMap.Name = "other" } }), "the deployer's own volumes are changed" },
        { "Pod.Configure", With(s => s with { Pod = new() { ConfigFiles = Map("/etc/a", ""), Configure = pod => pod.Containers[0].VolumeMounts = null } }), "the deployer's own mount at '/etc/a' is changed" },
    };
}
