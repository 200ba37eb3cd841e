namespace AspireK8sDeployer.EmbeddedCluster.Node.Images;

/// <summary>
/// A path of an archive below the directory that it is unpacked into. Absolute names, names with <c>..</c> and links
/// that lead out are refused; links inside are followed as they would be with the directory as root.
/// </summary>
internal readonly struct RootedPath
{
    private const int MaximumLinks = 40; // what Linux follows in one path

    private readonly string[] _parts;
    private readonly string _name;

    public RootedPath(string root, string name)
    {
        Root = root;
        _name = name;
        if (name.StartsWith('/') || name.Contains('\0', StringComparison.Ordinal))
        {
            throw Unsafe("is absolute");
        }

        _parts = [.. name.Split('/').Where(part => part is not ("" or "."))];
        if (_parts.Contains(".."))
        {
            throw Unsafe("leads upwards");
        }
    }

    public string Root { get; }

    public bool IsRoot => _parts.Length == 0;

    public string Name => _parts[^1];

    /// <summary>The directory that holds the entry, made if an archive does not list it.</summary>
    public string CreateParent()
    {
        var parent = InRoot(Resolve(_parts[..^1]));
        Directory.CreateDirectory(parent);
        return parent;
    }

    /// <summary>The file that a hard link names.</summary>
    public string Existing()
    {
        var path = Path.Combine(InRoot(Resolve(_parts[..^1])), Name);
        return new FileInfo(path) is { Exists: true, LinkTarget: null } ? path : throw Unsafe("links to what is not a file of the image");
    }

    /// <summary>
    /// The target of a symbolic link, made relative: an absolute one means the image's root, not this machine's.
    /// </summary>
    public string LinkTarget(string target)
    {
        // Where the link really is: a directory on the way to it may be a link itself (/lib is one to usr/lib).
        var depth = Resolve(_parts[..^1]).Count;
        if (target.StartsWith('/'))
        {
            // Its own way up is bounded by the root, as the kernel's is.
            var inside = new RootedPath(Root, Normalize(target));
            return string.Concat(Enumerable.Repeat("../", depth)) + (inside.IsRoot ? "." : string.Join('/', inside._parts));
        }

        foreach (var part in target.Split('/'))
        {
            depth += part switch { ".." => -1, "" or "." => 0, _ => 1 };
            if (depth < 0)
            {
                throw Unsafe($"links out of the image (to {target})");
            }
        }

        return target;
    }

    /// <summary>A name directly in a directory.</summary>
    public static string Child(string directory, string name) => name is "" or "." or ".."
        ? throw new InvalidDataException($"unsafe path in archive: '{name}' names no file")
        : Path.Combine(directory, name);

    private static string Normalize(string absolute) => Path.GetFullPath(absolute).TrimStart('/');

    private string InRoot(List<string> parts) => Path.Combine([Root, .. parts]);

    private List<string> Resolve(IEnumerable<string> parts)
    {
        var pending = new Stack<string>(parts.Reverse());
        var resolved = new List<string>();
        var links = 0;
        while (pending.TryPop(out var part))
        {
            if (part is "" or ".")
            {
                continue;
            }

            if (part == "..")
            {
                if (resolved.Count == 0)
                {
                    throw Unsafe("leads through a link out of the image");
                }

                resolved.RemoveAt(resolved.Count - 1);
                continue;
            }

            var target = new FileInfo(Path.Combine([Root, .. resolved, part])).LinkTarget;
            if (target is null)
            {
                resolved.Add(part);
                continue;
            }

            if (++links > MaximumLinks)
            {
                throw Unsafe("leads through too many links");
            }

            if (target.StartsWith('/'))
            {
                resolved.Clear();
            }

            foreach (var step in target.Split('/').Reverse())
            {
                pending.Push(step);
            }
        }

        return resolved;
    }

    private InvalidDataException Unsafe(string problem) => new($"unsafe path in archive: '{_name}' {problem}");
}
