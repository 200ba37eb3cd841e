using System.Text.RegularExpressions;

namespace AspireK8sDeployer.EmbeddedCluster.Process;

/// <summary>The files of a cluster that has a process of its own, below <c>$XDG_STATE_HOME/aspire-k8s/NAME</c>.</summary>
internal sealed partial class ClusterDirectory
{
    private ClusterDirectory(string root, string name)
    {
        Name = name;
        Root = Path.Combine(root, name);
        Binaries = Path.Combine(root, ".bin");
        LockFile = Path.Combine(root, $".{name}.lock");
    }

    public string Name { get; }

    public string Root { get; }

    /// <summary>Where the program is copied to, shared by all clusters of the user.</summary>
    public string Binaries { get; }

    /// <summary>Held by whoever starts or stops the cluster; beside the directory, which may be removed.</summary>
    public string LockFile { get; }

    /// <summary>Which process it is, as soon as there is one.</summary>
    public string ProcessFile => Path.Combine(Root, "process.json");

    /// <summary>What the running process says about itself once it is ready.</summary>
    public string RunFile => Path.Combine(Root, "run.json");

    public string Log => Path.Combine(Root, "cluster.log");

    public string State => Path.Combine(Root, "state");

    public static ClusterDirectory Of(string name)
    {
        if (!Grammar().IsMatch(name))
        {
            throw new ArgumentException(
                $"'{name}' is no name for a cluster. Use lowercase letters, digits and hyphens, at most 40 characters, beginning with a letter.", nameof(name));
        }

        var home = Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } state && Path.IsPathFullyQualified(state)
            ? state
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), ".local", "state");
        return new ClusterDirectory(Path.Combine(home, "aspire-k8s"), name);
    }

    /// <summary>The clusters that the user has, whether they run or not.</summary>
    public IEnumerable<ClusterDirectory> All() => Directory.EnumerateDirectories(Path.GetDirectoryName(Root)!)
        .Select(path => Path.GetFileName(path))
        .Where(name => Grammar().IsMatch(name))
        .Select(Of);

    public void Create()
    {
        PrivateFile.CreateDirectory(Path.GetDirectoryName(Root)!);
        PrivateFile.CreateDirectory(Root);
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,39}$")]
    private static partial Regex Grammar();
}
