namespace AspireK8sDeployer.EmbeddedCluster.Node.Volumes;

/// <summary>Where a path of this machine leads when all links on the way are followed; what is not there yet is taken as it is.</summary>
internal static class RealPath
{
    private const int MaximumLinks = 40; // what Linux follows in one path

    public static string Of(string path)
    {
        var pending = new Stack<string>(path.Split('/').Reverse());
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
                resolved.RemoveRange(Math.Max(0, resolved.Count - 1), Math.Min(1, resolved.Count));
                continue;
            }

            if (new FileInfo(Join(resolved) + "/" + part).LinkTarget is not { } target)
            {
                resolved.Add(part);
                continue;
            }

            if (++links > MaximumLinks)
            {
                throw new IOException($"Too many levels of symbolic links: '{path}'");
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

        return Join(resolved) is { Length: > 0 } real ? real : "/";
    }

    private static string Join(List<string> parts) => string.Concat(parts.Select(part => "/" + part));
}
