using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>How containers use volumes, and the paths in them.</summary>
internal static class MountRules
{
    public static void Mounts(Findings findings, JsonObject container, string field, IReadOnlyDictionary<string, JsonObject> volumes)
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        var devices = container.Objects("volumeDevices").ToList();
        var index = 0;
        foreach (var mount in container.Objects("volumeMounts"))
        {
            var path = $"{field}[{index++}]";
            var name = mount.TextOf("name");
            if (name.Length == 0)
            {
                findings.Required($"{path}.name");
            }

            if (!volumes.ContainsKey(name))
            {
                findings.NotFound($"{path}.name", name);
            }

            var mountPath = mount.TextOf("mountPath");
            if (mountPath.Length == 0)
            {
                findings.Required($"{path}.mountPath");
            }

            if (!paths.Add(mountPath))
            {
                findings.Invalid($"{path}.mountPath", mountPath, "must be unique");
            }

            if (devices.Any(device => device.TextOf("name") == name))
            {
                findings.Invalid($"{path}.name", name, "must not already exist in volumeDevices");
            }

            if (devices.Any(device => device.TextOf("devicePath") == mountPath))
            {
                findings.Invalid($"{path}.mountPath", mountPath, "must not already exist as a path in volumeDevices");
            }

            // What follows names the list and not the mount: so does the server.
            SubPaths(findings, mount, path, field);
            Propagation(findings, mount, container, field);
        }
    }

    public static void Devices(Findings findings, JsonObject container, string field, IReadOnlyDictionary<string, JsonObject> volumes)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var paths = new HashSet<string>(StringComparer.Ordinal);
        var index = 0;
        foreach (var device in container.Objects("volumeDevices"))
        {
            var path = $"{field}[{index++}]";
            var name = device.TextOf("name");
            if (name.Length == 0)
            {
                findings.Required($"{path}.name");
            }
            else if (!names.Add(name))
            {
                findings.Invalid($"{path}.name", name, "must be unique");
            }

            if (!volumes.TryGetValue(name, out var volume))
            {
                findings.NotFound($"{path}.name", name);
            }
            else if (!volume.Has("persistentVolumeClaim") && !volume.Has("ephemeral"))
            {
                findings.Invalid($"{path}.name", name, "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode");
            }

            DevicePath(findings, device.TextOf("devicePath"), path, paths);
        }
    }

    /// <summary>A path inside something else: relative, and never upwards.</summary>
    public static void Descending(Findings findings, string value, string field)
    {
        if (value.StartsWith('/'))
        {
            findings.Invalid(field, value, "must be a relative path");
        }

        NoBacksteps(findings, value, field);
    }

    /// <summary>As <see cref="Descending"/>, and not one of the names that are kept for the files' own bookkeeping.</summary>
    public static void NotReserved(Findings findings, string value, string field)
    {
        Descending(findings, value, field);
        if (value.StartsWith("..", StringComparison.Ordinal) && !value.StartsWith("../", StringComparison.Ordinal))
        {
            findings.Invalid(field, value, "must not start with '..'");
        }
    }

    public static void NoBacksteps(Findings findings, string value, string field)
    {
        if (value.Split('/').Contains(".."))
        {
            findings.Invalid(field, value, "must not contain '..'");
        }
    }

    private static void DevicePath(Findings findings, string value, string path, HashSet<string> paths)
    {
        if (value.Length == 0)
        {
            findings.Required($"{path}.devicePath");
        }

        if (paths.Contains(value))
        {
            findings.Invalid($"{path}.devicePath", value, "must be unique");
        }

        if (value.Split('/').Contains(".."))
        {
            findings.Invalid($"{path}.devicePath", value, "can not contain backsteps ('..')");
        }
        else
        {
            paths.Add(value);
        }
    }

    private static void SubPaths(Findings findings, JsonObject mount, string path, string field)
    {
        if (mount.TextOf("subPath") is { Length: > 0 } subPath)
        {
            Descending(findings, subPath, $"{field}.subPath");
        }

        if (mount.TextOf("subPathExpr") is not { Length: > 0 } expression)
        {
            return;
        }

        if (mount.TextOf("subPath").Length > 0)
        {
            findings.Invalid($"{path}.subPathExpr", expression, "subPathExpr and subPath are mutually exclusive");
        }

        Descending(findings, expression, $"{field}.subPathExpr");
    }

    private static void Propagation(Findings findings, JsonObject mount, JsonObject container, string field)
    {
        if (mount["mountPropagation"].AsText() is { } mode)
        {
            if (mode is not ("Bidirectional" or "HostToContainer" or "None"))
            {
                findings.NotSupported($"{field}.mountPropagation", mode, "Bidirectional", "HostToContainer", "None");
            }

            if (mode == "Bidirectional" && container.Object("securityContext")?.Flag("privileged") != true)
            {
                findings.Forbidden(
                    $"{field}.mountPropagation", "Bidirectional mount propagation is available only to privileged containers");
            }
        }

        if (mount["recursiveReadOnly"].AsText() is not { } recursive || recursive == "Disabled")
        {
            return;
        }

        if (recursive is not ("Enabled" or "IfPossible"))
        {
            findings.NotSupported($"{field}.recursiveReadOnly", recursive, "Disabled", "Enabled", "IfPossible");
            return;
        }

        if (!mount.Flag("readOnly"))
        {
            findings.Forbidden($"{field}.recursiveReadOnly", "may only be specified when readOnly is true");
        }

        if (mount["mountPropagation"].AsText() is not (null or "None"))
        {
            findings.Forbidden($"{field}.recursiveReadOnly", "may only be specified when mountPropagation is None or not specified");
        }
    }
}
