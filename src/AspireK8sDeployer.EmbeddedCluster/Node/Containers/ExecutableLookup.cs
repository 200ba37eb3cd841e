namespace AspireK8sDeployer.EmbeddedCluster.Node.Containers;

/// <summary>Finds a container's program beforehand, so that a missing one is told apart from one that fails.</summary>
internal static class ExecutableLookup
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The path of the program inside the container, or in <paramref name="problem"/> why there is none, in runc's words.</summary>
    public static string? Find(string program, IReadOnlyDictionary<string, string> environment, string workingDirectory, ContainerFiles files, out string? problem)
    {
        if (program.Contains('/', StringComparison.Ordinal))
        {
            var path = Path.GetFullPath(program, workingDirectory);
            problem = Check(files.Find(path)) switch
            {
                Found.Nothing => $"exec: \"{program}\": stat {path}: no such file or directory",
                Found.NotExecutable => $"exec: \"{program}\": permission denied",
                Found.Directory => $"exec: \"{program}\": is a directory",
                _ => null,
            };
            return problem is null ? path : null;
        }

        var candidates = environment.GetValueOrDefault("PATH", "").Split(':')
            .Select(directory => Path.GetFullPath(Path.Combine(directory.Length == 0 ? "." : directory, program), workingDirectory))
            .Select(path => (path, found: Check(files.Find(path))))
            .ToArray();
        var match = candidates.FirstOrDefault(candidate => candidate.found == Found.Executable);
        problem = match.path is not null ? null
            : candidates.Any(candidate => candidate.found == Found.NotExecutable) ? $"exec: \"{program}\": permission denied"
            : $"exec: \"{program}\": executable file not found in $PATH";
        return match.path;
    }

    private static Found Check(string path)
    {
        if (Directory.Exists(path))
        {
            return Found.Directory;
        }

        if (!Path.Exists(path))
        {
            // A link of a complete image is resolved by the container, with its own root.
            return new FileInfo(path).LinkTarget is null ? Found.Nothing : Found.Executable;
        }

        return (File.GetUnixFileMode(path) & Executable) != 0 ? Found.Executable : Found.NotExecutable;
    }

    private enum Found
    {
        Nothing,
        Directory,
        NotExecutable,
        Executable,
    }
}
