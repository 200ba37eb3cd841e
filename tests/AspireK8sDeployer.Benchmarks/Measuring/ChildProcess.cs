using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AspireK8sDeployer.Benchmarks.Measuring;

/// <summary>Measures a command by the shell that runs it, which is told its processor time when it has ended.</summary>
internal static partial class ChildProcess
{
    public static async Task<Measurement> MeasureAsync(string name, string command, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", "\"$@\" > /dev/null && times", "sh", command, .. arguments]) { RedirectStandardOutput = true };
        var begun = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var times = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        var wall = Stopwatch.GetElapsedTime(begun);
        return process.ExitCode == 0
            ? OfTimes(name, times.Split('\n')[1], wall)
            : throw new InvalidOperationException($"{command} ended with exit code {process.ExitCode}");
    }

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
