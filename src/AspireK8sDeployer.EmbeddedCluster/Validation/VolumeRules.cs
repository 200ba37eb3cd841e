using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>The volumes of a pod.</summary>
internal static class VolumeRules
{
    // In the order in which the server looks for them: of two sources, the later one is refused.
    private static readonly string[] Sources =
    [
        "emptyDir", "hostPath", "gitRepo", "gcePersistentDisk", "awsElasticBlockStore", "secret", "nfs", "iscsi", "glusterfs", "flocker",
        "persistentVolumeClaim", "rbd", "cinder", "cephfs", "quobyte", "downwardAPI", "fc", "flexVolume", "configMap", "azureFile",
        "vsphereVolume", "photonPersistentDisk", "portworxVolume", "azureDisk", "storageos", "projected", "scaleIO", "csi", "ephemeral", "image",
    ];

    /// <summary>Checks the volumes and gives those that are right, by their names.</summary>
    public static Dictionary<string, JsonObject> Check(Findings findings, JsonObject spec, string field, string? podName)
    {
        var volumes = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        var index = 0;
        foreach (var volume in spec.Objects("volumes"))
        {
            var path = $"{field}[{index++}]";
            var before = findings.Count;
            Source(findings, volume, path, podName);
            var name = volume.TextOf("name");
            if (name.Length == 0)
            {
                findings.Required($"{path}.name");
            }
            else
            {
                findings.Invalid($"{path}.name", name, NameRules.Label(name));
            }

            if (volumes.ContainsKey(name))
            {
                findings.Duplicate($"{path}.name", name);
            }

            if (findings.Count == before)
            {
                volumes.Add(name, volume);
            }
        }

        return volumes;
    }

    private static void Source(Findings findings, JsonObject volume, string field, string? podName)
    {
        var found = 0;
        foreach (var kind in Sources)
        {
            if (volume.Object(kind) is not { } source)
            {
                continue;
            }

            if (found++ > 0)
            {
                findings.Forbidden($"{field}.{(kind == "downwardAPI" ? "downwarAPI" : kind)}", "may not specify more than 1 volume type");
            }
            else
            {
                One(findings, kind, source, volume, field, podName);
            }
        }

        if (found == 0)
        {
            findings.Required(field, "must specify a volume type");
        }
    }

    private static void One(Findings findings, string kind, JsonObject source, JsonObject volume, string field, string? podName)
    {
        var path = $"{field}.{kind}";
        switch (kind)
        {
            case "emptyDir":
                if (Quantity.TryParse(source.TextOf("sizeLimit"), out var limit) && limit.Sign < 0)
                {
                    findings.Forbidden($"{path}.sizeLimit", "SizeLimit field must be a valid resource quantity");
                }

                break;
            case "hostPath":
                HostPath(findings, source, path);
                break;
            case "secret":
                Require(findings, source, path, "secretName");
                Files(findings, source, path);
                break;
            case "configMap":
                Require(findings, source, path, "name");
                Files(findings, source, path);
                break;
            case "downwardAPI":
                Mode(findings, source, "defaultMode", path);
                foreach (var file in source.Objects("items"))
                {
                    ProjectionRules.DownwardFile(findings, file, path);
                }

                break;
            case "projected":
                Mode(findings, source, "defaultMode", path);
                ProjectionRules.Check(findings, source, path);
                break;
            case "persistentVolumeClaim":
                Require(findings, source, path, "claimName");
                break;
            case "nfs":
                Require(findings, source, path, "server", "path");
                if (!source.TextOf("path").StartsWith('/'))
                {
                    findings.Invalid($"{path}.path", source.TextOf("path"), "must be an absolute path");
                }

                break;
            case "csi":
                Require(findings, source, path, "driver");
                break;
            case "ephemeral":
                Ephemeral(findings, source, volume, path, field, podName);
                break;
            case "image" when podName is not null:
                Require(findings, source, path, "reference");
                break;
            case "gitRepo":
                Require(findings, source, path, "repository");
                break;
        }
    }

    /// <summary>The keys of a Secret or ConfigMap that become files.</summary>
    public static void KeyToPath(Findings findings, JsonObject item, string field)
    {
        Require(findings, item, field, "key", "path");
        MountRules.NotReserved(findings, item.TextOf("path"), $"{field}.path");
        Mode(findings, item, "mode", field);
    }

    public static void Mode(Findings findings, JsonObject source, string name, string field)
    {
        if (source.NumberOf(name) is { } mode and (< 0 or > 511))
        {
            findings.Invalid($"{field}.{name}", mode, "must be a number between 0 and 0777 (octal), both inclusive");
        }
    }

    private static void Files(Findings findings, JsonObject source, string field)
    {
        Mode(findings, source, "defaultMode", field);
        var index = 0;
        foreach (var item in source.Objects("items"))
        {
            KeyToPath(findings, item, $"{field}.items[{index++}]");
        }
    }

    private static void HostPath(Findings findings, JsonObject source, string field)
    {
        var path = source.TextOf("path");
        if (path.Length == 0)
        {
            findings.Required($"{field}.path");
            return;
        }

        MountRules.NoBacksteps(findings, path, $"{field}.path");
        var type = source.TextOf("type");
        string[] supported = ["", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"];
        if (!supported.Contains(type))
        {
            findings.NotSupported($"{field}.type", type, supported);
        }
    }

    private static void Ephemeral(Findings findings, JsonObject source, JsonObject volume, string path, string field, string? podName)
    {
        if (source.Object("volumeClaimTemplate") is not { } template)
        {
            findings.Required($"{path}.volumeClaimTemplate");
            return;
        }

        MetadataRules.Labels(findings, template.Object("metadata")?.Object("labels"), $"{path}.volumeClaimTemplate.metadata.labels");
        ClaimRules.Spec(findings, template.ObjectOrNew("spec"), $"{path}.volumeClaimTemplate.spec");
        if (podName is { Length: > 0 })
        {
            var claim = $"{podName}-{volume.TextOf("name")}";
            findings.Invalid(
                $"{field}.name", volume.TextOf("name"), NameRules.Subdomain(claim).Select(problem => $"PVC name \"{claim}\": {problem}"));
        }
    }

    private static void Require(Findings findings, JsonObject source, string field, params string[] names)
    {
        foreach (var name in names)
        {
            if (source.TextOf(name).Length == 0)
            {
                findings.Required($"{field}.{name}");
            }
        }
    }
}
