namespace AspireK8sDeployer.EmbeddedCluster.Process;

internal static class LogTail
{
    private const int Lines = 20;

    /// <summary>The last lines of a log file; that it is empty, or not there, is said too.</summary>
    public static string Read(string path) => File.Exists(path) && File.ReadLines(path).TakeLast(Lines).ToArray() is { Length: > 0 } lines
        ? string.Join('\n', lines.Select(line => "  " + line))
        : "  (nothing was written)";
}
