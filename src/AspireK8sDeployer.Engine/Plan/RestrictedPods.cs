using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>
/// Tells what of a pod the restricted Pod Security Standard refuses. Our own defaults satisfy it; what the user asks for may
/// not, which is no mistake, but no surprise either.
/// </summary>
internal static class RestrictedPods
{
    private static readonly string[] Volumes =
        ["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image", "persistentVolumeClaim", "projected", "secret"];

    private static readonly string[] SafeSysctls =
    [
        "kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_local_reserved_ports", "net.ipv4.ip_unprivileged_port_start", "net.ipv4.ping_group_range",
        "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem",
        "net.ipv4.tcp_syncookies",
    ];

    /// <summary>One sentence for each thing that is refused.</summary>
    /// <param name="pod">The pod's specification.</param>
    /// <param name="hasUser">Whether the image's user is known not to be root; otherwise that is another warning's matter.</param>
    public static IEnumerable<string> Warnings(JsonObject pod, bool hasUser) =>
        OfPod(pod, hasUser).Concat(PodTree.Containers(pod).SelectMany(container => OfContainer(container, pod))).Distinct()
            .Select(what => $"{what}: a namespace that enforces the restricted Pod Security Standard refuses such pods.");

    private static IEnumerable<string> OfPod(JsonObject pod, bool hasUser)
    {
        (string Field, string What)[] hosts =
        [
            ("hostNetwork", "The pods use the node's network (HostNetwork)"),
            ("hostPID", "The pods see the node's processes (HostPid)"),
            ("hostIPC", "The pods share the node's interprocess communication (HostIpc)"),
        ];
        foreach (var (_, what) in hosts.Where(host => Flag(pod, host.Field) == true))
        {
            yield return what;
        }

        foreach (var volume in pod.Objects("volumes"))
        {
            if (volume.Select(field => field.Key).FirstOrDefault(field => field != "name" && !Volumes.Contains(field)) is { } source)
            {
                yield return $"Volume '{volume["name"]}' is a {source}";
            }
        }

        foreach (var sysctl in ((pod["securityContext"] as JsonObject)?.Objects("sysctls") ?? []).Select(item => (string?)item["name"]).Where(name => !SafeSysctls.Contains(name)))
        {
            yield return $"The pods set the sysctl {sysctl}";
        }

        if (hasUser && PodTree.Containers(pod).Any(container => (Flag(container["securityContext"], "runAsNonRoot") ?? Flag(pod["securityContext"], "runAsNonRoot")) != true))
        {
            yield return "A container may run as root (RunAsNonRoot is not true)";
        }
    }

    private static IEnumerable<string> OfContainer(JsonObject container, JsonObject pod)
    {
        var name = (string?)container["name"];
        var context = container["securityContext"];
        if (Flag(context, "privileged") == true)
        {
            yield return $"Container '{name}' is privileged";
        }

        if (Flag(context, "allowPrivilegeEscalation") != false)
        {
            yield return $"Container '{name}' may escalate its privileges";
        }

        if (!Capabilities(context, "drop").Contains("ALL"))
        {
            yield return $"Container '{name}' does not drop all capabilities";
        }

        foreach (var capability in Capabilities(context, "add").Where(capability => capability != "NET_BIND_SERVICE"))
        {
            yield return $"Container '{name}' has the capability {capability}";
        }

        if (((long?)context?["runAsUser"] ?? (long?)pod["securityContext"]?["runAsUser"]) == 0)
        {
            yield return $"Container '{name}' runs as root";
        }

        if (((string?)context?["seccompProfile"]?["type"] ?? (string?)pod["securityContext"]?["seccompProfile"]?["type"]) is not ("RuntimeDefault" or "Localhost"))
        {
            yield return $"Container '{name}' has no seccomp profile";
        }

        if ((string?)context?["procMount"] == "Unmasked")
        {
            yield return $"Container '{name}' sees all of /proc";
        }

        if (container.Objects("ports").Any(port => port["hostPort"] is not null))
        {
            yield return $"Container '{name}' takes a port of its node";
        }
    }

    private static IEnumerable<string> Capabilities(JsonNode? context, string list) => (context?["capabilities"] as JsonObject)?.Texts(list) ?? [];

    private static bool? Flag(JsonNode? target, string field) => (bool?)target?[field];
}
