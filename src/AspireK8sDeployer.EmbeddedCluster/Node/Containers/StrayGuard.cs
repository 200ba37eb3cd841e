using System.Diagnostics;

namespace AspireK8sDeployer.EmbeddedCluster.Node.Containers;

/// <summary>
/// A small process beside the node that ends the node's containers when the node was killed. The kernel does so only for
/// some of them: it forgets whose death was to be the container's with every change of the user, and tells nothing to the
/// processes that a container without namespaces has started.
/// </summary>
internal sealed class StrayGuard : IDisposable
{
    // Its standard input ends with the node, however that ends. What has been started since is not the
    // earlier node's. A process shows no environment while it becomes another program, so one look is not enough.
    private const string Script =
        """
        trap '' HUP INT PIPE TERM
        read -r _
        mark=$1
        set -- /proc/[0-9]*/environ
        for look in 1 2 3; do
            for file in $(grep -lsF -e "$mark" "$@"); do
                pid=${file#/proc/}
                kill -KILL "${pid%/environ}" 2>/dev/null
            done
            sleep 0.5
        done
        """;

    private readonly System.Diagnostics.Process? _process;

    private StrayGuard(System.Diagnostics.Process? process) => _process = process;

    /// <param name="nodeId">What the ids of the node's containers begin with.</param>
    public static StrayGuard Start(string nodeId)
    {
        try
        {
            return new StrayGuard(System.Diagnostics.Process.Start(Command(nodeId)));
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return new StrayGuard(null); // the node's next start ends them
        }
    }

    public static ProcessStartInfo Command(string nodeId)
    {
        // A session of its own keeps it out of what is sent to all processes of a terminal.
        string[] command = [.. HostTools.SetSid is { } setsid ? [setsid] : (string[])[], HostTools.Shell, "-c", Script, "sh", ContainerRuntime.MarkerOf(nodeId)];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true, // its parent's would stay open as long as it is there
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/bin:/bin";
        return start;
    }

    public void Dispose()
    {
        _process?.Kill();
        _process?.Dispose();
    }
}
