namespace AspireK8sDeployer.EmbeddedCluster.Node;

/// <summary>What a container says about its end: the last of its log, where the policy is <c>FallbackToLogsOnError</c>.</summary>
internal static class TerminationMessage
{
    private const int MaximumLength = 2048;
    private const int MaximumLines = 80;

    public static string? Of(ContainerRecord container, int exitCode) =>
        exitCode != 0 && container.Spec.TerminationMessagePolicy == "FallbackToLogsOnError" && LastLines(container.Log, MaximumLength) is { Length: > 0 } text
            ? text
            : null;

    public static string LastLines(string? log, int maximumLength)
    {
        if (log is null || !File.Exists(log))
        {
            return "";
        }

        var lines = File.ReadLines(log).TakeLast(MaximumLines).Select(line => LogEntry.Parse(line) is { } entry ? entry.Text + (entry.IsComplete ? "\n" : "") : "");
        var text = string.Concat(lines);
        return text.Length > maximumLength ? text[^maximumLength..] : text;
    }
}
