namespace AspireK8sDeployer.Hosting.Images;

/// <summary>How the SDK is told to make the same files of the same code: on any commit, and wherever the repository is.</summary>
internal static class RepeatableBuild
{
    private const string MappedRoot = "/_/";

    /// <summary>Without the commit, which the SDK writes into assemblies and their symbols, and without this machine's folders.</summary>
    public static string[] Arguments(string projectPath) =>
    [
        "-p:IncludeSourceRevisionInInformationalVersion=false", "-p:EnableSourceLink=false", $"-p:PathMap={PathMap(RootOf(projectPath))}",
    ];

    // "from=to", where the compiler wants the two signs that divide a map doubled, and MSBuild those escaped that divide properties.
    private static string PathMap(string root) =>
        $"{root.Replace(",", ",,").Replace("=", "==")}={MappedRoot}".Replace("%", "%25").Replace(";", "%3B").Replace(",", "%2C");

    // What the project references is in the same repository as a rule. A work tree's .git is a file.
    private static string RootOf(string projectPath)
    {
        var own = Path.GetDirectoryName(projectPath)!;
        for (var directory = own; directory is not null; directory = Path.GetDirectoryName(directory))
        {
            if (Path.Exists(Path.Combine(directory, ".git")))
            {
                return WithSeparator(directory);
            }
        }

        return WithSeparator(own);
    }

    private static string WithSeparator(string directory) => Path.TrimEndingDirectorySeparator(directory) + Path.DirectorySeparatorChar;
}
