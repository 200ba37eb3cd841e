using System.Text.RegularExpressions;

namespace AspireK8sDeployer.EmbeddedCluster.Registry;

/// <summary>What a path under <c>/v2/</c> names.</summary>
/// <param name="Repository">The repository, which may contain slashes.</param>
/// <param name="Kind"><c>manifests</c>, <c>blobs</c>, <c>uploads</c> or <c>tags</c>.</param>
/// <param name="Reference">The tag, digest or upload; empty where there is none.</param>
internal sealed partial record RepositoryPath(string Repository, string Kind, string Reference)
{
    /// <summary>Reads a path; what it accepts is safe to use as a file name, since names follow the specification's grammar.</summary>
    public static RepositoryPath? Parse(string path)
    {
        var match = Grammar().Match(path);
        if (!match.Success)
        {
            return null;
        }

        var kind = match.Groups["kind"].Value;
        var reference = match.Groups["reference"].Value;
        return kind switch
        {
            "blobs/uploads" => new(match.Groups["name"].Value, "uploads", reference),
            "tags" => reference == "list" ? new(match.Groups["name"].Value, kind, "") : null,
            "manifests" => Tag().IsMatch(reference) || ContentDigest.TryParse(reference, out _)
                ? new(match.Groups["name"].Value, kind, reference)
                : null,
            _ => new(match.Groups["name"].Value, kind, reference),
        };
    }

    [GeneratedRegex(@"^(?<name>[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*)/(?<kind>manifests|blobs/uploads|blobs|tags)/(?<reference>[^/]*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Grammar();

    [GeneratedRegex("^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$")]
    private static partial Regex Tag();
}
