using System.Text.RegularExpressions;

namespace AspireK8sDeployer.EmbeddedCluster.Node.Containers;

/// <summary>
/// What a container finds at a path: its mounts first, then its image, then this machine's own file, since images
/// built on the empty base bring no runtime and no shell.
/// </summary>
internal sealed class ContainerFiles
{
    private const int MaximumLinks = 40; // what Linux follows in one path

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

    /// <summary>
    /// The path without the links on its way, each followed with the container's root as root: on most machines
    /// <c>/var/run</c> is one to <c>/run</c>, which from outside would lead to this machine's.
    /// </summary>
    public string Resolve(string path)
    {
        var pending = new Stack<string>(path.Split('/').Reverse());
        var resolved = "/";
        var links = 0;
        while (pending.TryPop(out var part))
        {
            // A way up at the root stays there, as the kernel has it.
            var next = Path.GetFullPath(part, resolved);
            if (part is "" or "." or ".." || new FileInfo(Find(next)).LinkTarget is not { } link)
            {
                resolved = next;
                continue;
            }

            if (++links > MaximumLinks)
            {
                throw new ContainerStartException($"{path} leads through too many links");
            }

            resolved = link.StartsWith('/') ? "/" : resolved;
            foreach (var step in link.Split('/').Reverse())
            {
                pending.Push(step);
            }
        }

        return resolved;
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
