using System.Diagnostics;

namespace AspireK8sDeployer.EmbeddedCluster.Node.Containers;

/// <summary>Tries what this machine allows, by doing it: privileges, kernel settings and security modules all have a say.</summary>
internal static class IsolationProbe
{
    /// <summary>Set to <c>None</c>, no namespaces are used; for machines where this probe succeeds and pods fail.</summary>
    private const string Limit = "EMBEDDED_CLUSTER_ISOLATION";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public static async Task<Isolation> DetectAsync(CancellationToken cancellationToken)
    {
        if (HostTools.Unshare is null || HostTools.SetPriv is null || (Enum.TryParse<Isolation>(Environment.GetEnvironmentVariable(Limit), out var limit) && limit == Isolation.None))
        {
            return Isolation.None;
        }

        var best = Environment.IsPrivilegedProcess ? Isolation.Root : Isolation.UserNamespace;
        return await WorksAsync(best, cancellationToken).ConfigureAwait(false) ? best : Isolation.None;
    }

    /// <summary>The command line that gives what follows it namespaces of its own.</summary>
    /// <param name="isolation">What this machine allows.</param>
    /// <param name="complaints">The file for what unshare itself has to say: it is nobody's log.</param>
    public static IEnumerable<string> Prefix(Isolation isolation, string complaints = "/dev/null") =>
    [
        HostTools.Shell, "-c", "exec \"$@\" 2>\"$0\"", complaints,

        // Its parent's death is its own, and its own the namespace's: no process is left behind.
        HostTools.SetPriv!, "--pdeathsig", "KILL",
        HostTools.Unshare!, "--pid", "--fork", "--kill-child", "--mount", "--propagation", "private",
        .. isolation == Isolation.UserNamespace ? ["--user", "--map-root-user"] : (string[])[],
        "--",
    ];

    private static async Task<bool> WorksAsync(Isolation isolation, CancellationToken cancellationToken)
    {
        var command = Prefix(isolation).ToArray();
        var start = new ProcessStartInfo(command[0], [.. command[1..], HostTools.Shell, "-c", "mount -t tmpfs probe /tmp && exec unshare --root /tmp/.. --wd / true"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };

        using var process = System.Diagnostics.Process.Start(start)!;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Timeout);
        try
        {
            await process.WaitForExitAsync(timeout.Token).ConfigureAwait(false);
            return process.ExitCode == 0;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            return false;
        }
    }
}
