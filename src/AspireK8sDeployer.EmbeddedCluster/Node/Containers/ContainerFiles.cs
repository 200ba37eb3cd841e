using System.Text.RegularExpressions;

namespace AspireK8sDeployer.EmbeddedCluster.Node.Containers;

/// <summary>
/// What a container finds at a path: its mounts first, then its image, then this machine's own file, since images
/// built on the empty base bring no runtime and no shell.
/// </summary>
internal sealed class ContainerFiles
{
    private readonly string _imageRoot;
    private readonly (string Target, string Source)[] _mounts;

    public ContainerFiles(string imageRoot, IReadOnlyList<BindMount> mounts)
    {
        _imageRoot = imageRoot;
        _mounts = [.. mounts.Select(mount => (mount.Target.TrimEnd('/'), mount.Source)).OrderByDescending(mount => mount.Item1.Length)];
        IsComplete = Directory.Exists(Path.Combine(imageRoot, "usr", "lib")) || Directory.Exists(Path.Combine(imageRoot, "lib"));
        TopLevel = Directory.Exists(imageRoot)
            ? [.. Directory.EnumerateFileSystemEntries(imageRoot).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal)]
            : [];
    }

    /// <summary>Whether the image is a system of its own, with a C library, that shows nothing of this machine's.</summary>
    public bool IsComplete { get; }

    /// <summary>The names directly in the image's root.</summary>
    public IReadOnlyList<string> TopLevel { get; }

    /// <summary>Where the file at a container's path really is; it need not exist.</summary>
    public string Find(string path)
    {
        var full = Path.GetFullPath(path);
        foreach (var (target, source) in _mounts)
        {
            if (full == target || full.StartsWith(target + '/', StringComparison.Ordinal))
            {
                return source + full[target.Length..];
            }
        }

        var inImage = Path.Combine(_imageRoot, full.TrimStart('/'));
        return IsComplete || Path.Exists(inImage) || new FileInfo(inImage).LinkTarget is not null ? inImage : full;
    }

    /// <summary>Puts the real paths in place of the container's wherever a text names one.</summary>
    public string Rewrite(string text)
    {
        foreach (var (target, source) in Prefixes())
        {
            text = Regex.Replace(
                text,
                $@"(?<![\w./-]){Regex.Escape(target)}(?![\w.-])",
                match => source,
                RegexOptions.CultureInvariant,
                TimeSpan.FromSeconds(1));
        }

        return text;
    }

    private IEnumerable<(string Target, string Source)> Prefixes() =>
        _mounts.Concat(TopLevel.Select(name => ($"/{name}", Path.Combine(_imageRoot, name))));
}
