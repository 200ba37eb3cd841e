namespace AspireK8sDeployer.EmbeddedCluster;

/// <summary>
/// The embedded cluster as a background process of its own, one per name and user: it outlives the program that starts it
/// and keeps its state in <c>$XDG_STATE_HOME/aspire-k8s/NAME</c>.
/// </summary>
public static class EmbeddedClusterProcess
{
    /// <summary>The name of the cluster when none is given.</summary>
    public const string DefaultName = "default";

    /// <summary>Makes sure that the cluster runs, with this version of the code, and returns how to reach it.</summary>
    public static Task<EmbeddedClusterInfo> UpAsync(string name = DefaultName, CancellationToken cancellationToken = default) =>
        Task.FromException<EmbeddedClusterInfo>(new NotSupportedException($"{name}{cancellationToken}"));

    /// <summary>The cluster if it runs, else null. Never starts it.</summary>
    public static Task<EmbeddedClusterInfo?> FindAsync(string name = DefaultName, CancellationToken cancellationToken = default) =>
        Task.FromException<EmbeddedClusterInfo?>(new NotSupportedException($"{name}{cancellationToken}"));

    /// <summary>Ends the cluster and every process of its pods; its state stays. False when it did not run.</summary>
    public static Task<bool> DownAsync(string name = DefaultName, CancellationToken cancellationToken = default) =>
        Task.FromException<bool>(new NotSupportedException($"{name}{cancellationToken}"));

    /// <summary>Ends the cluster and removes everything in it: objects, images, logs. False when there was nothing.</summary>
    public static Task<bool> ResetAsync(string name = DefaultName, CancellationToken cancellationToken = default) =>
        Task.FromException<bool>(new NotSupportedException($"{name}{cancellationToken}"));

    /// <summary>Whether nothing is in the running cluster but what it brings itself. True when it does not run.</summary>
    public static Task<bool> IsEmptyAsync(string name = DefaultName, CancellationToken cancellationToken = default) =>
        Task.FromException<bool>(new NotSupportedException($"{name}{cancellationToken}"));
}
