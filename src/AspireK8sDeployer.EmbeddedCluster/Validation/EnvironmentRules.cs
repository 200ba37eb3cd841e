using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>Environment variables and the places that their values come from.</summary>
internal static class EnvironmentRules
{
    private static readonly string[] ResourceFields =
    [
        "limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory",
    ];

    private static readonly string[] EnvironmentFields =
    [
        "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP",
        "status.hostIPs", "status.podIP", "status.podIPs",
    ];

    private static readonly string[] VolumeFields =
        ["metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"];

    private static readonly HashSet<string> KnownFields =
    [
        "metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName",
        "spec.restartPolicy", "spec.serviceAccountName", "spec.schedulerName", "status.phase", "status.hostIP", "status.hostIPs",
        "status.podIP", "status.podIPs",
    ];

    private static readonly HashSet<string> CpuDivisors = ["1m", "1"];

    private static readonly HashSet<string> SizeDivisors =
        ["1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"];

    public static void Check(Findings findings, JsonObject container, string field)
    {
        var index = 0;
        foreach (var variable in container.Objects("env"))
        {
            var path = $"{field}.env[{index++}]";
            var name = variable.TextOf("name");
            if (name.Length == 0)
            {
                findings.Required($"{path}.name");
            }
            else
            {
                findings.Invalid($"{path}.name", name, NameRules.EnvironmentVariable(name));
            }

            ValueFrom(findings, variable, $"{path}.valueFrom");
        }

        From(findings, container, $"{field}.envFrom");
    }

    /// <summary>A reference to a field of the pod.</summary>
    public static void Field(Findings findings, JsonObject reference, string field, bool isVolume)
    {
        var path = reference.TextOf("fieldPath");
        if (path.Length == 0)
        {
            findings.Required($"{field}.fieldPath");
            return;
        }

        var open = path.IndexOf("['", StringComparison.Ordinal);
        if (open > 0 && path.EndsWith("']", StringComparison.Ordinal))
        {
            Subscript(findings, path, path[..open], path[(open + 2)..^2], field);
        }
        else if (!KnownFields.Contains(path))
        {
            findings.Invalid($"{field}.fieldPath", path, $"error converting fieldPath: field label not supported: {path}");
        }
        else if (!(isVolume ? VolumeFields : EnvironmentFields).Contains(path))
        {
            findings.NotSupported($"{field}.fieldPath", path, isVolume ? VolumeFields : EnvironmentFields);
        }
    }

    /// <summary>A reference to an amount of a container.</summary>
    public static void Resource(Findings findings, JsonObject reference, string field, bool isVolume)
    {
        var resource = reference.TextOf("resource");
        if (isVolume && reference.TextOf("containerName").Length == 0)
        {
            findings.Required($"{field}.containerName");
        }
        else if (resource.Length == 0)
        {
            findings.Required($"{field}.resource");
        }
        else if (!ResourceFields.Contains(resource)
            && !resource.StartsWith("requests.hugepages-", StringComparison.Ordinal)
            && !resource.StartsWith("limits.hugepages-", StringComparison.Ordinal))
        {
            findings.NotSupported($"{field}.resource", resource, ResourceFields);
        }

        Divisor(findings, reference, resource, field);
    }

    private static void Subscript(Findings findings, string path, string name, string subscript, string field)
    {
        switch (name)
        {
            case "metadata.annotations":
                findings.Invalid(field, subscript.ToLowerInvariant(), NameRules.Qualified(subscript.ToLowerInvariant()));
                break;
            case "metadata.labels":
                findings.Invalid(field, subscript, NameRules.Qualified(subscript));
                break;
            default:
                findings.Invalid($"{field}.fieldPath", path, $"error converting fieldPath: field label does not support subscript: {name}");
                break;
        }
    }

    private static void Divisor(Findings findings, JsonObject reference, string resource, string field)
    {
        var divisor = reference.TextOf("divisor");
        if (divisor is "" or "0")
        {
            return;
        }

        if (resource.EndsWith(".cpu", StringComparison.Ordinal))
        {
            if (!CpuDivisors.Contains(divisor))
            {
                findings.Invalid($"{field}.divisor", resource, "only divisor's values 1m and 1 are supported with the cpu resource");
            }
        }
        else if (!SizeDivisors.Contains(divisor))
        {
            var what = resource.EndsWith(".memory", StringComparison.Ordinal) ? "memory"
                : resource.EndsWith(".ephemeral-storage", StringComparison.Ordinal) ? "local ephemeral storage"
                : "hugepages";
            findings.Invalid(
                $"{field}.divisor",
                resource,
                $"only divisor's values 1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei are supported with the {what} resource");
        }
    }

    private static void ValueFrom(Findings findings, JsonObject variable, string field)
    {
        if (variable.Object("valueFrom") is not { } source)
        {
            return;
        }

        if (source.Object("fieldRef") is { } reference)
        {
            Field(findings, reference, $"{field}.fieldRef", isVolume: false);
        }

        if (source.Object("resourceFieldRef") is { } resource)
        {
            Resource(findings, resource, $"{field}.resourceFieldRef", isVolume: false);
        }

        foreach (var kind in (string[])["configMapKeyRef", "secretKeyRef"])
        {
            if (source.Object(kind) is { } key)
            {
                Key(findings, key, $"{field}.{kind}");
            }
        }

        if (source.Object("fileKeyRef") is { } file)
        {
            FileKey(findings, file, $"{field}.fileKeyRef");
        }

        var sources = source.Count(pair => pair.Value is not null);
        if (sources == 0)
        {
            findings.Invalid(
                field, "", "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`");
        }
        else if (variable.TextOf("value").Length > 0)
        {
            findings.Invalid(field, "", "may not be specified when `value` is not empty");
        }
        else if (sources > 1)
        {
            findings.Invalid(field, "", "may not have more than one field specified at a time");
        }
    }

    private static void Key(Findings findings, JsonObject reference, string field)
    {
        var name = reference.TextOf("name");
        findings.Invalid($"{field}.name", name, NameRules.Subdomain(name));
        var key = reference.TextOf("key");
        if (key.Length == 0)
        {
            findings.Required($"{field}.key");
        }
        else
        {
            findings.Invalid($"{field}.key", key, NameRules.ConfigKey(key));
        }
    }

    private static void FileKey(Findings findings, JsonObject reference, string field)
    {
        var key = reference.TextOf("key");
        if (key.Length == 0)
        {
            findings.Required($"{field}.key");
        }
        else
        {
            findings.Invalid($"{field}.key", key, NameRules.EnvironmentVariable(key));
        }

        var volume = reference.TextOf("volumeName");
        if (volume.Length == 0)
        {
            findings.Required($"{field}.volumeName");
        }
        else
        {
            findings.Invalid($"{field}.volumeName", volume, NameRules.Label(volume));
        }

        var path = reference.TextOf("path");
        if (path.Length == 0)
        {
            findings.Required($"{field}.path");
        }
        else
        {
            MountRules.NoBacksteps(findings, path, $"{field}.path");
        }
    }

    private static void From(Findings findings, JsonObject container, string field)
    {
        var index = 0;
        foreach (var source in container.Objects("envFrom"))
        {
            var path = $"{field}[{index++}]";
            if (source.TextOf("prefix") is { Length: > 0 } prefix)
            {
                findings.Invalid($"{path}.prefix", prefix, NameRules.EnvironmentVariable(prefix));
            }

            var sources = 0;
            foreach (var kind in (string[])["configMapRef", "secretRef"])
            {
                if (source.Object(kind) is { } reference)
                {
                    sources++;
                    FromName(findings, reference.TextOf("name"), $"{path}.{kind}.name");
                }
            }

            if (sources != 1)
            {
                findings.Invalid(
                    field,
                    "",
                    sources == 0 ? "must specify one of: `configMapRef` or `secretRef`" : "may not have more than one field specified at a time");
            }
        }
    }

    private static void FromName(Findings findings, string name, string field)
    {
        if (name.Length == 0)
        {
            findings.Required(field);
        }
        else
        {
            findings.Invalid(field, name, NameRules.Subdomain(name));
        }
    }
}
