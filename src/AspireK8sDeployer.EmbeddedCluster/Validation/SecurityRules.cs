using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>The security contexts of pods and containers.</summary>
internal static class SecurityRules
{
    private static readonly string[] ProfileTypes = ["Localhost", "RuntimeDefault", "Unconfined"];

    public static void Pod(Findings findings, JsonObject spec, string specField)
    {
        if (spec.Object("securityContext") is not { } context)
        {
            return;
        }

        var field = $"{specField}.securityContext";
        foreach (var name in (string[])["fsGroup", "runAsUser", "runAsGroup"])
        {
            Id(findings, context.NumberOf(name), $"{field}.{name}");
        }

        var index = 0;
        foreach (var group in context.Array("supplementalGroups") ?? [])
        {
            Id(findings, group.AsNumber(), $"{field}.supplementalGroups[{index++}]");
        }

        if (spec.Flag("shareProcessNamespace") && spec.Flag("hostPID"))
        {
            findings.Invalid($"{field}.shareProcessNamespace", (JsonNode)true, "ShareProcessNamespace and HostPID cannot both be enabled");
        }

        Choice(findings, context, "fsGroupChangePolicy", field, "Always", "OnRootMismatch");
        Seccomp(findings, context.Object("seccompProfile"), $"{field}.seccompProfile");
        AppArmor(findings, context.Object("appArmorProfile"), $"{field}.appArmorProfile");
        Choice(findings, context, "supplementalGroupsPolicy", field, "Merge", "Strict");
    }

    public static void Container(Findings findings, JsonObject? context, string field, JsonObject spec)
    {
        if (context is null)
        {
            return;
        }

        Id(findings, context.NumberOf("runAsUser"), $"{field}.runAsUser");
        Id(findings, context.NumberOf("runAsGroup"), $"{field}.runAsGroup");
        if (context["procMount"].AsText() is { } mount)
        {
            Choice(findings, context, "procMount", field, "Default", "Unmasked");
            if (mount == "Unmasked" && spec["hostUsers"].AsFlag() != false)
            {
                findings.Invalid($"{field}.procMount", mount, "`hostUsers` must be false to use `Unmasked`");
            }
        }

        Seccomp(findings, context.Object("seccompProfile"), $"{field}.seccompProfile");
        if (context["allowPrivilegeEscalation"].AsFlag() == false)
        {
            if (context.Flag("privileged"))
            {
                findings.Invalid(field, context, "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
            }

            if (context.Object("capabilities")?.TextsOf("add").Contains("CAP_SYS_ADMIN") == true)
            {
                findings.Invalid(field, context, "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN");
            }
        }

        AppArmor(findings, context.Object("appArmorProfile"), $"{field}.appArmorProfile");
    }

    private static void Id(Findings findings, long? id, string field)
    {
        if (id is < 0 or > int.MaxValue)
        {
            findings.Invalid(field, id.Value, $"must be between 0 and {int.MaxValue}, inclusive");
        }
    }

    private static void Choice(Findings findings, JsonObject context, string name, string field, params string[] supported)
    {
        if (context[name].AsText() is { } value && !supported.Contains(value))
        {
            findings.NotSupported($"{field}.{name}", value, supported);
        }
    }

    private static void Seccomp(Findings findings, JsonObject? profile, string field)
    {
        if (profile is null)
        {
            return;
        }

        var type = profile.TextOf("type");
        if (type.Length == 0)
        {
            findings.Required($"{field}.type", "type is required when seccompProfile is set");
        }
        else if (!ProfileTypes.Contains(type))
        {
            findings.NotSupported($"{field}.type", type, ProfileTypes);
        }

        var path = profile["localhostProfile"].AsText();
        if (type != "Localhost")
        {
            if (path is not null)
            {
                var shown = new JsonObject { ["Type"] = type, ["LocalhostProfile"] = path };
                findings.Invalid($"{field}.localhostProfile", shown, "can only be set when seccomp type is Localhost");
            }
        }
        else if (path is null)
        {
            findings.Required($"{field}.localhostProfile", "must be set when seccomp type is Localhost");
        }
        else
        {
            MountRules.Descending(findings, path, $"{field}.localhostProfile");
        }
    }

    private static void AppArmor(Findings findings, JsonObject? profile, string field)
    {
        if (profile is null)
        {
            return;
        }

        var path = profile["localhostProfile"].AsText();
        switch (profile.TextOf("type"))
        {
            case "Localhost":
                if (string.IsNullOrWhiteSpace(path))
                {
                    findings.Required($"{field}.localhostProfile", "must be set when AppArmor type is Localhost");
                }
                else if (path.Trim() != path)
                {
                    findings.Invalid($"{field}.localhostProfile", path, "must not be padded with whitespace");
                }

                break;
            case "RuntimeDefault" or "Unconfined":
                if (path is not null)
                {
                    findings.Invalid($"{field}.localhostProfile", path, "can only be set when AppArmor type is Localhost");
                }

                break;
            case "":
                findings.Required($"{field}.type", "type is required when appArmorProfile is set");
                break;
            default:
                findings.NotSupported($"{field}.type", profile.TextOf("type"), ProfileTypes);
                break;
        }
    }
}
