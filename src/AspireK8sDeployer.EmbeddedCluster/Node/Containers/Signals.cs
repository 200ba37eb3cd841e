using System.Runtime.InteropServices;

namespace AspireK8sDeployer.EmbeddedCluster.Node.Containers;

/// <summary>Sends signals to processes.</summary>
internal static class Signals
{
    public const int Kill = 9;
    public const int Terminate = 15;

    /// <summary>False when there is no such process (any more).</summary>
    public static bool Send(int pid, int signal)
    {
        // 0 and negative ids name groups of processes, this one's among them.
        ArgumentOutOfRangeException.ThrowIfLessThan(pid, 2);
        return NativeKill(pid, signal) == 0;
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeKill(int pid, int signal);
}
