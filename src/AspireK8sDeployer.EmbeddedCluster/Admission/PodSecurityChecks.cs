using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Admission;

/// <summary>What the Pod Security Standards forbid, check by check, in the order and words of a real server.</summary>
internal static class PodSecurityChecks
{
    private static readonly string[] BaselineCapabilities =
    [
        "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP",
        "SETUID", "SYS_CHROOT",
    ];

    private static readonly string[] AllowedVolumes =
        ["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image", "persistentVolumeClaim", "projected", "secret"];

    private static readonly string[] SafeSysctls =
    [
        "kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_unprivileged_port_start", "net.ipv4.tcp_syncookies",
        "net.ipv4.ping_group_range", "net.ipv4.ip_local_reserved_ports", "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout",
        "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem",
    ];

    private static readonly string[] SeLinuxTypes = ["", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"];

    public static IReadOnlyList<string> Violations(JsonObject spec, PodSecurityLevel level)
    {
        if (level == PodSecurityLevel.Privileged)
        {
            return [];
        }

        var restricted = level == PodSecurityLevel.Restricted;
        var containers = spec.Objects("initContainers").Concat(spec.Objects("containers")).Concat(spec.Objects("ephemeralContainers")).ToList();
        string?[] baseline =
        [
            restricted ? null : AddedCapabilities(containers),
            HostNamespaces(spec),
            restricted ? null : HostPaths(spec),
            HostPorts(containers),
            Named(containers, Privileged, "privileged", "must not set securityContext.privileged=true"),
            Named(containers, UnmaskedProc, "procMount", "must not set securityContext.procMount to \"Unmasked\""),
            SeLinux(spec, containers),
            restricted ? null : Unconfined(spec, containers),
            Sysctls(spec),
        ];
        string?[] more = restricted
            ?
            [
                Named(containers, Escalates, "allowPrivilegeEscalation != false", "must set securityContext.allowPrivilegeEscalation=false"),
                KeptCapabilities(containers),
                VolumeTypes(spec),
                NonRoot(spec, containers),
                RootUser(spec, containers),
                SeccompProfile(spec, containers),
            ]
            : [];
        return [.. baseline.Concat(more).OfType<string>()];
    }

    private static JsonObject Security(JsonObject owner) => owner.Object("securityContext") ?? [];

    private static string Name(JsonObject container) => container.TextOf("name");

    /// <summary><c>container "a"</c> or <c>containers "a", "b"</c>.</summary>
    private static string Plural(string noun, List<string> names) =>
        $"{noun}{(names.Count == 1 ? "" : "s")} {string.Join(", ", names.Select(name => $"\"{name}\""))}";

    private static string? Named(IEnumerable<JsonObject> containers, Func<JsonObject, bool> isBad, string check, string remedy)
    {
        var bad = containers.Where(isBad).Select(Name).ToList();
        return bad.Count == 0 ? null : $"{check} ({Plural("container", bad)} {remedy})";
    }

    private static bool Privileged(JsonObject container) => Security(container).Flag("privileged");

    private static bool UnmaskedProc(JsonObject container) => Security(container).TextOf("procMount") is not ("" or "Default");

    private static bool Escalates(JsonObject container) => Security(container)["allowPrivilegeEscalation"].AsFlag() != false;

    private static IEnumerable<string> Capabilities(JsonObject container, string list) =>
        Security(container).Object("capabilities")?.TextsOf(list) ?? [];

    private static string? AddedCapabilities(List<JsonObject> containers)
    {
        var bad = containers.Select(c => (Name: Name(c), Extra: Capabilities(c, "add").Except(BaselineCapabilities).ToList())).Where(c => c.Extra.Count > 0).ToList();
        return bad.Count == 0 ? null
            : $"non-default capabilities ({Plural("container", [.. bad.Select(c => c.Name)])} must not include {Quoted(bad.SelectMany(c => c.Extra))} in securityContext.capabilities.add)";
    }

    private static string? KeptCapabilities(List<JsonObject> containers)
    {
        var keeps = containers.Where(c => !Capabilities(c, "drop").Contains("ALL")).Select(Name).ToList();
        var adds = containers.Select(c => (Name: Name(c), Extra: Capabilities(c, "add").Where(a => a != "NET_BIND_SERVICE").ToList())).Where(c => c.Extra.Count > 0).ToList();
        var parts = new List<string>();
        if (keeps.Count > 0)
        {
            parts.Add($"{Plural("container", keeps)} must set securityContext.capabilities.drop=[\"ALL\"]");
        }

        if (adds.Count > 0)
        {
            parts.Add($"{Plural("container", [.. adds.Select(c => c.Name)])} must not include {Quoted(adds.SelectMany(c => c.Extra))} in securityContext.capabilities.add");
        }

        return parts.Count == 0 ? null : $"unrestricted capabilities ({string.Join("; ", parts)})";
    }

    private static string? HostNamespaces(JsonObject spec)
    {
        var used = ((string[])["hostNetwork", "hostPID", "hostIPC"]).Where(field => spec.Flag(field)).Select(field => $"{field}=true").ToList();
        return used.Count == 0 ? null : $"host namespaces ({string.Join(", ", used)})";
    }

    private static string? HostPaths(JsonObject spec)
    {
        var bad = spec.Objects("volumes").Where(volume => volume.Has("hostPath")).Select(Name).ToList();
        return bad.Count == 0 ? null : $"hostPath volumes ({Plural("volume", bad)})";
    }

    private static string? HostPorts(List<JsonObject> containers)
    {
        var bad = containers.Select(c => (Name: Name(c), Ports: c.Objects("ports").Select(p => p.NumberOf("hostPort") ?? 0).Where(p => p > 0).ToList()))
            .Where(c => c.Ports.Count > 0).ToList();
        var ports = bad.SelectMany(c => c.Ports).Distinct().Order().ToList();
        return bad.Count == 0 ? null
            : $"hostPort ({Plural("container", [.. bad.Select(c => c.Name)])} {(bad.Count == 1 ? "uses" : "use")} hostPort{(ports.Count == 1 ? "" : "s")} {string.Join(", ", ports)})";
    }

    private static string? SeLinux(JsonObject spec, List<JsonObject> containers)
    {
        static bool Bad(JsonObject owner) => Security(owner).Object("seLinuxOptions") is { } options
            && (!SeLinuxTypes.Contains(options.TextOf("type")) || options.TextOf("user").Length > 0 || options.TextOf("role").Length > 0);
        var who = Owners(Bad(spec), [.. containers.Where(Bad).Select(Name)]);
        return who is null ? null : $"seLinuxOptions ({who} set forbidden securityContext.seLinuxOptions)";
    }

    private static string? Unconfined(JsonObject spec, List<JsonObject> containers)
    {
        static bool Bad(JsonObject owner) => Security(owner).Object("seccompProfile")?.TextOf("type") == "Unconfined";
        var who = Owners(Bad(spec), [.. containers.Where(Bad).Select(Name)]);
        return who is null ? null : $"seccompProfile ({who} must not set securityContext.seccompProfile.type to \"Unconfined\")";
    }

    private static string? Sysctls(JsonObject spec)
    {
        var bad = Security(spec).Objects("sysctls").Select(Name).Where(name => !SafeSysctls.Contains(name)).ToList();
        return bad.Count == 0 ? null : $"forbidden sysctls ({string.Join(", ", bad)})";
    }

    private static string? VolumeTypes(JsonObject spec)
    {
        var bad = spec.Objects("volumes")
            .Select(volume => (Name: Name(volume), Type: volume.Select(field => field.Key).FirstOrDefault(key => key != "name") ?? "emptyDir"))
            .Where(volume => !AllowedVolumes.Contains(volume.Type)).ToList();
        var types = bad.Select(volume => volume.Type).Distinct().Order(StringComparer.Ordinal).ToList();
        return bad.Count == 0 ? null
            : $"restricted volume types ({Plural("volume", [.. bad.Select(volume => volume.Name)])} {(bad.Count == 1 ? "uses" : "use")} restricted volume type{(types.Count == 1 ? "" : "s")} {Quoted(types)})";
    }

    private static string? NonRoot(JsonObject spec, List<JsonObject> containers)
    {
        var pod = Security(spec)["runAsNonRoot"].AsFlag();
        var refuse = containers.Where(c => Security(c)["runAsNonRoot"].AsFlag() == false).Select(Name).ToList();
        var silent = containers.Where(c => Security(c)["runAsNonRoot"].AsFlag() is null).Select(Name).ToList();
        if (refuse.Count > 0)
        {
            return $"runAsNonRoot != true ({Plural("container", refuse)} must not set securityContext.runAsNonRoot=false)";
        }

        if (pod == true || silent.Count == 0)
        {
            return null;
        }

        return pod == false
            ? "runAsNonRoot != true (pod must not set securityContext.runAsNonRoot=false)"
            : $"runAsNonRoot != true (pod or {Plural("container", silent)} must set securityContext.runAsNonRoot=true)";
    }

    private static string? RootUser(JsonObject spec, List<JsonObject> containers)
    {
        static bool Bad(JsonObject owner) => Security(owner).NumberOf("runAsUser") == 0 && Security(owner).Has("runAsUser");
        var who = Owners(Bad(spec), [.. containers.Where(Bad).Select(Name)]);
        return who is null ? null : $"runAsUser=0 ({who} must not set runAsUser=0)";
    }

    private static string? SeccompProfile(JsonObject spec, List<JsonObject> containers)
    {
        static string? Type(JsonObject owner) => Security(owner).Object("seccompProfile") is { } profile ? profile.TextOf("type") : null;
        static bool Good(string? type) => type is "RuntimeDefault" or "Localhost";
        var wrong = containers.Where(c => Type(c) is { } type && !Good(type)).Select(Name).ToList();
        var podType = Type(spec);
        if (Owners(podType is not null && !Good(podType), wrong) is { } who)
        {
            return $"seccompProfile ({who} must not set securityContext.seccompProfile.type to \"Unconfined\")";
        }

        var silent = containers.Where(c => Type(c) is null).Select(Name).ToList();
        return Good(podType) || silent.Count == 0 ? null
            : $"seccompProfile (pod or {Plural("container", silent)} must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\")";
    }

    private static string? Owners(bool pod, List<string> containers) => (pod, containers.Count) switch
    {
        (false, 0) => null,
        (true, 0) => "pod",
        (false, _) => Plural("container", containers),
        _ => $"pod and {Plural("container", containers)}",
    };

    private static string Quoted(IEnumerable<string> values) => string.Join(", ", values.Distinct().Order(StringComparer.Ordinal).Select(v => $"\"{v}\""));
}
