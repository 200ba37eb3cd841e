using System.Text.RegularExpressions;

namespace AspireK8sDeployer.Engine.Diagnose;

/// <summary>The lines of a log that tell most: the last exception or error with what follows, else the last few.</summary>
internal static partial class LogExcerpt
{
    private const int MostLines = 8;
    private const int FewLines = 3;
    private const int LongestLine = 300;

    public static IReadOnlyList<string> Of(string log, IEnumerable<string> secrets)
    {
        var lines = Escapes().Replace(log, "").Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0 && !IsGone(line)).ToList();
        var telling = lines.FindLastIndex(line => Exception().IsMatch(line));
        if (telling < 0)
        {
            telling = lines.FindLastIndex(line => Error().IsMatch(line));
        }

        var chosen = telling < 0 ? lines.TakeLast(FewLines) : lines.Skip(telling).Take(MostLines);
        // Before lines are cut: half a secret would not be found.
        var hidden = secrets.ToList();
        return [.. chosen.Select(line => Shorten(SecretMask.Hide(line, hidden)))];
    }

    // Some runtimes say so in place of a log.
    private static bool IsGone(string line) => line.StartsWith("unable to retrieve container logs", StringComparison.Ordinal);

    private static string Shorten(string line) => line.Length <= LongestLine ? line : line[..LongestLine] + "…";

    [GeneratedRegex(@"\x1B\[[0-9;?]*[ -/]*[@-~]")]
    private static partial Regex Escapes();

    [GeneratedRegex(@"unhandled exception|traceback|\bpanic:|^\s*[\w.]+Exception\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Exception();

    [GeneratedRegex(@"\b(error|fatal|fail|crit|exception|panic)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Error();
}
