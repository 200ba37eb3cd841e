using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Preflight;

/// <summary>What of a pod the Pod Security Standards forbid, by its fields. Pure.</summary>
internal static class PodSecurity
{
    private static readonly string[] HarmlessCapabilities =
    [
        "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
    ];

    private static readonly string[] HarmlessVolumes =
        ["name", "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"];

    public static IEnumerable<string> AgainstBaseline(JsonObject pod)
    {
        foreach (var field in (string[])["hostNetwork", "hostPID", "hostIPC"])
        {
            if (IsSet(pod, field))
            {
                yield return field;
            }
        }

        foreach (var volume in pod.Objects("volumes").Where(volume => volume.ContainsKey("hostPath")))
        {
            yield return $"hostPath (volume {volume.Text("name")})";
        }

        if (Seccomp(pod) == "Unconfined")
        {
            yield return "seccompProfile Unconfined";
        }

        foreach (var (container, context) in Containers(pod))
        {
            var name = container.Text("name");
            if (container.Objects("ports").Any(port => (int?)port["hostPort"] is > 0))
            {
                yield return $"hostPort (container {name})";
            }

            if (IsSet(context, "privileged"))
            {
                yield return $"privileged (container {name})";
            }

            if (Seccomp(container) == "Unconfined")
            {
                yield return $"seccompProfile Unconfined (container {name})";
            }

            foreach (var capability in Capabilities(context, "add").Except(HarmlessCapabilities))
            {
                yield return $"capability {capability} (container {name})";
            }
        }
    }

    public static IEnumerable<string> AgainstRestricted(JsonObject pod)
    {
        foreach (var volume in pod.Objects("volumes").Where(volume => !volume.ContainsKey("hostPath") && volume.Any(field => !HarmlessVolumes.Contains(field.Key))))
        {
            yield return $"{volume.First(field => !HarmlessVolumes.Contains(field.Key)).Key} (volume {volume.Text("name")})";
        }

        var podContext = pod["securityContext"] as JsonObject ?? [];
        foreach (var (container, context) in Containers(pod))
        {
            var name = container.Text("name");
            if ((bool?)(context["runAsNonRoot"] ?? podContext["runAsNonRoot"]) != true)
            {
                yield return $"runAsNonRoot other than true (container {name})";
            }

            if ((long?)(context["runAsUser"] ?? podContext["runAsUser"]) == 0)
            {
                yield return $"runAsUser 0 (container {name})";
            }

            if ((bool?)context["allowPrivilegeEscalation"] != false)
            {
                yield return $"allowPrivilegeEscalation other than false (container {name})";
            }

            if (!Capabilities(context, "drop").Contains("ALL"))
            {
                yield return $"capabilities that are not dropped (container {name})";
            }

            foreach (var capability in Capabilities(context, "add").Intersect(HarmlessCapabilities).Except(["NET_BIND_SERVICE"]))
            {
                yield return $"capability {capability} (container {name})";
            }

            if ((Seccomp(container) ?? Seccomp(pod)) is not ("RuntimeDefault" or "Localhost" or "Unconfined"))
            {
                yield return $"no seccompProfile (container {name})";
            }
        }
    }

    private static IEnumerable<(JsonObject Container, JsonObject Context)> Containers(JsonObject pod) =>
        PodTree.Containers(pod).Select(container => (container, container["securityContext"] as JsonObject ?? []));

    private static IEnumerable<string> Capabilities(JsonObject context, string list) => (context["capabilities"] as JsonObject)?.Texts(list) ?? [];

    private static string? Seccomp(JsonObject owner) => (owner["securityContext"]?["seccompProfile"] as JsonObject)?.Text("type");

    private static bool IsSet(JsonObject owner, string field) => (bool?)owner[field] == true;
}
