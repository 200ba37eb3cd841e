using System.Text.RegularExpressions;

namespace AspireK8sDeployer.EmbeddedCluster.Node.Images;

/// <summary>An image name taken apart: <c>host[:port]/repository[:tag][@digest]</c>.</summary>
/// <param name="Registry">Where it comes from, <c>docker.io</c> when the name does not say.</param>
/// <param name="Repository">The path in the registry.</param>
/// <param name="Tag">The tag, <c>latest</c> when there is neither tag nor digest; null with only a digest.</param>
/// <param name="Digest">The digest; null when the name has none.</param>
internal sealed partial record ImageReference(string Registry, string Repository, string? Tag, string? Digest)
{
    /// <summary>What the registry is asked for: the digest, which wins, or the tag.</summary>
    public string Target => Digest ?? Tag!;

    /// <summary>The name in full, by which images are told apart.</summary>
    public string FullName => $"{Registry}/{Repository}{(Tag is null ? "" : ":" + Tag)}{(Digest is null ? "" : "@" + Digest)}";

    /// <summary>Reads a name; throws <see cref="FormatException"/> with the text that the kubelet's parser gives.</summary>
    public static ImageReference Parse(string name)
    {
        if (name.Length == 0)
        {
            throw new FormatException("invalid reference format");
        }

        var (registry, remainder) = SplitRegistry(name);
        var path = remainder.Split('@')[0].Split(':')[0];
        if (path.Any(char.IsAsciiLetterUpper))
        {
            throw new FormatException($"invalid reference format: repository name ({path}) must be lowercase");
        }

        var match = Grammar().Match(remainder);
        if (!match.Success || !RegistryGrammar().IsMatch(registry))
        {
            throw new FormatException("invalid reference format");
        }

        var digest = match.Groups["digest"] is { Success: true } d ? d.Value : null;
        var tag = match.Groups["tag"] is { Success: true } t ? t.Value : null;
        return new ImageReference(registry, match.Groups["repository"].Value, tag ?? (digest is null ? "latest" : null), digest);
    }

    public override string ToString() => FullName;

    private static (string Registry, string Remainder) SplitRegistry(string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? "" : name[..slash];
        if (slash >= 0 && (first.Contains('.', StringComparison.Ordinal) || first.Contains(':', StringComparison.Ordinal)
            || first == "localhost" || first.Any(char.IsAsciiLetterUpper)))
        {
            return (first, name[(slash + 1)..]);
        }

        // As Docker does: names without a registry are Docker Hub's, and those without a user its library's.
        return ("docker.io", slash < 0 ? "library/" + name : name);
    }

    [GeneratedRegex(@"^(?<repository>[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*)(:(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(@(?<digest>sha256:[a-f0-9]{64}))?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Grammar();

    [GeneratedRegex(@"^[a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?(:[0-9]+)?$")]
    private static partial Regex RegistryGrammar();
}
