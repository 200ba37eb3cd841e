using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>What of a pod the Pod Security Standards forbid, as Kubernetes 1.36 has them. Pure.</summary>
internal static class PodStandards
{
    private static readonly string[] RestrictedVolumes =
        ["name", "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image", "persistentVolumeClaim", "projected", "secret"];

    private static readonly string[] SafeSysctls =
    [
        "kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_local_reserved_ports", "net.ipv4.ip_unprivileged_port_start", "net.ipv4.ping_group_range",
        "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem",
        "net.ipv4.tcp_syncookies",
    ];

    /// <summary>All that the restricted standard forbids, each once; it includes the baseline.</summary>
    /// <param name="pod">The pod's specification.</param>
    public static IReadOnlyList<PodViolation> Violations(JsonObject pod) =>
    [
        .. OfHost(pod)
            .Concat(OfVolumes(pod))
            .Concat(OfSysctls(pod))
            .Concat(PodContexts.OfPod(pod))
            .Concat(PodTree.Containers(pod).SelectMany(container => PodContexts.OfContainer(container, pod)))
            .Distinct(),
    ];

    private static IEnumerable<PodViolation> OfHost(JsonObject pod)
    {
        (string Field, string Sentence)[] all =
        [
            ("hostNetwork", "The pods use the node's network (HostNetwork)"),
            ("hostPID", "The pods see the node's processes (HostPid)"),
            ("hostIPC", "The pods share the node's interprocess communication (HostIpc)"),
        ];
        return all.Where(item => (bool?)pod[item.Field] == true).Select(item => PodViolation.OfBaseline(item.Field, item.Sentence));
    }

    private static IEnumerable<PodViolation> OfVolumes(JsonObject pod) =>
        from volume in pod.Objects("volumes")
        let source = volume.Select(field => field.Key).FirstOrDefault(field => !RestrictedVolumes.Contains(field))
        where source is not null
        select new PodViolation($"{source} (volume {volume.Text("name")})", $"Volume '{volume.Text("name")}' is a {source}", BreaksBaseline: source == "hostPath");

    private static IEnumerable<PodViolation> OfSysctls(JsonObject pod) =>
        ((pod["securityContext"] as JsonObject)?.Objects("sysctls") ?? []).Select(item => item.Text("name")).Where(name => !SafeSysctls.Contains(name))
            .Select(name => PodViolation.OfBaseline($"sysctl {name}", $"The pods set the sysctl {name}"));
}
