using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>Volumes that are put together from several sources.</summary>
internal static class ProjectionRules
{
    public static void Check(Findings findings, JsonObject projection, string field)
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        var index = 0;
        foreach (var source in projection.Objects("sources"))
        {
            var path = $"{field}.sources[{index++}]";
            foreach (var kind in (string[])["secret", "configMap"])
            {
                if (source.Object(kind) is { } named)
                {
                    Named(findings, named, $"{path}.{kind}", field, paths);
                }
            }

            if (source.Object("downwardAPI") is { } downward)
            {
                foreach (var file in downward.Objects("items"))
                {
                    DownwardFile(findings, file, $"{path}.downwardAPI");
                    Distinct(findings, file.TextOf("path"), file.TextOf("path"), field, paths);
                }
            }

            if (source.Object("serviceAccountToken") is { } token)
            {
                Token(findings, token, $"{path}.serviceAccountToken", field);
            }

            if (source.Count(pair => pair.Value is not null) > 1)
            {
                findings.Forbidden(path, "may not specify more than 1 volume type per source");
            }
        }
    }

    /// <summary>A file that holds a field of the pod or an amount of a container.</summary>
    public static void DownwardFile(Findings findings, JsonObject file, string field)
    {
        var path = file.TextOf("path");
        if (path.Length == 0)
        {
            findings.Required($"{field}.path");
        }

        MountRules.NotReserved(findings, path, $"{field}.path");
        if (file.Object("fieldRef") is { } reference)
        {
            EnvironmentRules.Field(findings, reference, $"{field}.fieldRef", isVolume: true);
            if (file.Has("resourceFieldRef"))
            {
                findings.Invalid(field, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously");
            }
        }
        else if (file.Object("resourceFieldRef") is { } resource)
        {
            EnvironmentRules.Resource(findings, resource, $"{field}.resourceFieldRef", isVolume: true);
        }
        else
        {
            findings.Required(field, "one of fieldRef and resourceFieldRef is required");
        }

        VolumeRules.Mode(findings, file, "mode", field);
    }

    private static void Named(Findings findings, JsonObject source, string path, string field, HashSet<string> paths)
    {
        if (source.TextOf("name").Length == 0)
        {
            findings.Required($"{path}.name");
        }

        var index = 0;
        foreach (var item in source.Objects("items"))
        {
            VolumeRules.KeyToPath(findings, item, $"{path}.items[{index++}]");
            Distinct(findings, item.TextOf("path"), source.TextOf("name"), field, paths);
        }
    }

    private static void Token(Findings findings, JsonObject token, string path, string field)
    {
        var seconds = token.NumberOf("expirationSeconds") ?? 0;
        if (seconds < 600)
        {
            findings.Invalid($"{path}.expirationSeconds", seconds, "may not specify a duration less than 10 minutes");
        }

        if (seconds > 1L << 32)
        {
            findings.Invalid($"{path}.expirationSeconds", seconds, "may not specify a duration larger than 2^32 seconds");
        }

        if (token.TextOf("path").Length == 0)
        {
            findings.Required($"{field}.path");
        }
        else
        {
            MountRules.NotReserved(findings, token.TextOf("path"), $"{field}.path");
        }
    }

    private static void Distinct(Findings findings, string path, string shown, string field, HashSet<string> paths)
    {
        if (path.Length > 0 && !paths.Add(path))
        {
            findings.Invalid(field, shown, "conflicting duplicate paths");
        }
    }
}
