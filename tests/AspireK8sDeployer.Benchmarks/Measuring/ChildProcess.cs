using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AspireK8sDeployer.Benchmarks.Measuring;

/// <summary>Measures a command by the shell that runs it, which is told its processor time when it has ended.</summary>
internal static partial class ChildProcess
{
    /// <summary>Runs a command, and what it starts in turn, to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message has what it said last.</exception>
    public static async Task<Measurement> MeasureAsync(
        string name, string command, IReadOnlyList<string> arguments, CancellationToken cancellationToken, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", "\"$@\" > /dev/null && times", "sh", command, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (variable, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[variable] = value;
        }

        var begun = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        await using var killing = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
        var said = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var times = await process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        var wall = Stopwatch.GetElapsedTime(begun);
        cancellationToken.ThrowIfCancellationRequested();
        return process.ExitCode == 0
            ? OfTimes(name, times.Split('\n')[1], wall)
            : throw new InvalidOperationException($"{name}: {command} ended with exit code {process.ExitCode}\n{Tail(await said)}");
    }

    private static string Tail(string text) => string.Join('\n', text.TrimEnd().Split('\n').TakeLast(20).Select(line => "  | " + line));

    // The second line is of the children: "0m1.230000s 0m0.450000s".
    private static Measurement OfTimes(string name, string line, TimeSpan wall)
    {
        var parts = Part().Matches(line).Select(Time).ToList();
        return new Measurement(name, parts[0], parts[1], wall);
    }

    private static TimeSpan Time(Match part) =>
        TimeSpan.FromMinutes(int.Parse(part.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
        + TimeSpan.FromSeconds(double.Parse(part.Groups[2].ValueSpan, CultureInfo.InvariantCulture));

    [GeneratedRegex("([0-9]+)m([0-9.]+)s")]
    private static partial Regex Part();
}
