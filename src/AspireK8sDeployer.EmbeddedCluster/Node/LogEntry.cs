using System.Globalization;

namespace AspireK8sDeployer.EmbeddedCluster.Node;

/// <summary>A line of a container's log file: <c>TIME STREAM F|P TEXT</c>.</summary>
internal readonly record struct LogEntry(string Timestamp, bool IsComplete, string Text)
{
    public DateTimeOffset Time => DateTimeOffset.Parse(Timestamp, CultureInfo.InvariantCulture);

    public static LogEntry? Parse(string line)
    {
        var parts = line.Split(' ', 4);
        return parts.Length == 4 ? new LogEntry(parts[0], parts[2] == "F", parts[3]) : null;
    }
}
