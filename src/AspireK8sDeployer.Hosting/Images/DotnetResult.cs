namespace AspireK8sDeployer.Hosting.Images;

/// <summary>What a run of the SDK gave.</summary>
internal sealed record DotnetResult(int ExitCode, string Output, string Errors)
{
    private const int MaxErrors = 10;
    private const int MaxLines = 15;

    /// <summary>Whether it failed because another build writes the same files.</summary>
    public bool IsInTheWayOfAnother => ExitCode != 0 && $"{Errors}{Output}".Contains("being used by another process", StringComparison.Ordinal);

    /// <summary>
    /// The compiler's errors, each once and without the project that repeats them; the end of the output when there are none.
    /// </summary>
    /// <remarks>
    /// A line reads <c>/src/Program.cs(1,86): error CS1002: ; expected [/src/app.csproj]</c> or
    /// <c>/src/app.csproj : error NU1101: Unable to find package …</c>.
    /// </remarks>
    public string Explanation()
    {
        var lines = $"{Errors}\n{Output}".Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var errors = lines.Where(IsError).Select(WithoutProject).Distinct(StringComparer.Ordinal).ToList();
        var shown = errors.Count > 0 ? errors.Take(MaxErrors) : lines.TakeLast(MaxLines);
        var more = errors.Count > MaxErrors ? $"\n    … and {errors.Count - MaxErrors} more" : "";
        return string.Concat(shown.Select(line => $"\n    {line}")) + more;
    }

    private static bool IsError(string line) =>
        line.Contains(": error ", StringComparison.Ordinal) || line.StartsWith("error ", StringComparison.Ordinal);

    private static string WithoutProject(string line) =>
        line.EndsWith(']') && line.LastIndexOf(" [", StringComparison.Ordinal) is var start and > 0 ? line[..start] : line;
}
