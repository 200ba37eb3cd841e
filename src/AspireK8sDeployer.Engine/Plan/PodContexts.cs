using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>What of the security contexts, ports and probes of a pod the Pod Security Standards forbid. Pure.</summary>
internal static class PodContexts
{
    /// <summary>How the violation begins of a container that does not say that it does not run as root.</summary>
    public const string NotRootField = "runAsNonRoot other than true";

    private static readonly string[] DefaultCapabilities =
    [
        "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
    ];

    private static readonly string[] SelinuxTypes = ["", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"];

    private static readonly string[] Handlers = ["livenessProbe", "readinessProbe", "startupProbe", "postStart", "preStop"];

    /// <summary>Of what the pod sets for all of its containers, and they may not undo.</summary>
    public static IEnumerable<PodViolation> OfPod(JsonObject pod) =>
        OfProfiles(ContextOf(pod), "the pods", "").Concat(IsRoot(ContextOf(pod)) && !HasOwnUsers(pod) ? [PodViolation.OfRestricted("runAsUser 0", "The pods run as root")] : []);

    /// <summary>Of a container, with what it takes over from its pod.</summary>
    public static IEnumerable<PodViolation> OfContainer(JsonObject container, JsonObject pod)
    {
        var (name, context) = (container.Text("name"), ContextOf(container));
        var (place, who) = ($" (container {name})", $"Container '{name}'");
        if ((bool?)context["privileged"] == true)
        {
            yield return PodViolation.OfBaseline($"privileged{place}", $"{who} is privileged");
        }

        if (container.Objects("ports").Any(port => (int?)port["hostPort"] is > 0))
        {
            yield return PodViolation.OfBaseline($"hostPort{place}", $"{who} takes a port of its node");
        }

        if (HasHost(container))
        {
            yield return PodViolation.OfBaseline($"host of a probe or hook{place}", $"{who} names a host in a probe or hook");
        }

        if (context.Text("procMount") is not (null or "Default"))
        {
            yield return PodViolation.OfBaseline($"procMount{place}", $"{who} sees all of /proc");
        }

        foreach (var violation in OfProfiles(context, who, place).Concat(OfCapabilities(context, who, place)).Concat(OfUser(context, pod, who, place)))
        {
            yield return violation;
        }

        if ((bool?)context["allowPrivilegeEscalation"] != false)
        {
            yield return PodViolation.OfRestricted($"allowPrivilegeEscalation other than false{place}", $"{who} may escalate its privileges");
        }

        if ((Type(context, "seccompProfile") ?? Type(ContextOf(pod), "seccompProfile")) is null)
        {
            yield return PodViolation.OfRestricted($"no seccompProfile{place}", $"{who} has no seccomp profile");
        }
    }

    private static IEnumerable<PodViolation> OfProfiles(JsonObject context, string who, string place)
    {
        who = char.ToUpperInvariant(who[0]) + who[1..];
        if (Type(context, "seccompProfile") == "Unconfined")
        {
            yield return PodViolation.OfBaseline($"seccompProfile Unconfined{place}", $"{who}: seccomp is off (Unconfined)");
        }

        if (Type(context, "appArmorProfile") == "Unconfined")
        {
            yield return PodViolation.OfBaseline($"appArmorProfile Unconfined{place}", $"{who}: AppArmor is off (Unconfined)");
        }

        if (context["seLinuxOptions"] is JsonObject options
            && (!SelinuxTypes.Contains(options.Text("type") ?? "") || !string.IsNullOrEmpty(options.Text("user")) || !string.IsNullOrEmpty(options.Text("role"))))
        {
            yield return PodViolation.OfBaseline($"seLinuxOptions{place}", $"{who}: SELinux options name a user, a role, or a type that is not a container's");
        }
    }

    private static IEnumerable<PodViolation> OfCapabilities(JsonObject context, string who, string place)
    {
        if (!Capabilities(context, "drop").Contains("ALL"))
        {
            yield return PodViolation.OfRestricted($"capabilities that are not dropped{place}", $"{who} does not drop all capabilities");
        }

        foreach (var capability in Capabilities(context, "add").Where(capability => capability != "NET_BIND_SERVICE"))
        {
            yield return new PodViolation($"capability {capability}{place}", $"{who} has the capability {capability}", BreaksBaseline: !DefaultCapabilities.Contains(capability));
        }
    }

    // In a user namespace of the pod's own, root is nobody outside of it.
    private static IEnumerable<PodViolation> OfUser(JsonObject context, JsonObject pod, string who, string place)
    {
        if (HasOwnUsers(pod))
        {
            yield break;
        }

        if ((bool?)(context["runAsNonRoot"] ?? ContextOf(pod)["runAsNonRoot"]) != true)
        {
            yield return PodViolation.OfRestricted($"{NotRootField}{place}", $"{who} may run as root (RunAsNonRoot is not true)");
        }

        if (IsRoot(context))
        {
            yield return PodViolation.OfRestricted($"runAsUser 0{place}", $"{who} runs as root");
        }
    }

    private static bool HasHost(JsonObject container) =>
        Handlers.Select(handler => container[handler] ?? container["lifecycle"]?[handler]).OfType<JsonObject>()
            .Any(handler => ((string[])["httpGet", "tcpSocket"]).Any(kind => !string.IsNullOrEmpty((handler[kind] as JsonObject)?.Text("host"))));

    private static bool HasOwnUsers(JsonObject pod) => (bool?)pod["hostUsers"] == false;

    private static bool IsRoot(JsonObject context) => (long?)context["runAsUser"] == 0;

    private static JsonObject ContextOf(JsonObject owner) => owner["securityContext"] as JsonObject ?? [];

    private static string? Type(JsonObject context, string profile) => (context[profile] as JsonObject)?.Text("type");

    private static IEnumerable<string> Capabilities(JsonObject context, string list) => (context["capabilities"] as JsonObject)?.Texts(list) ?? [];
}
