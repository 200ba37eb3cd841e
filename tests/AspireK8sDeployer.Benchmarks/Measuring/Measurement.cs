using System.Diagnostics;

namespace AspireK8sDeployer.Benchmarks.Measuring;

/// <summary>What something took.</summary>
/// <param name="Name">What.</param>
/// <param name="User">Processor time of all threads in the program.</param>
/// <param name="System">Processor time of all threads in the system's kernel, most of it for making files.</param>
/// <param name="Wall">Time on the wall.</param>
internal sealed record Measurement(string Name, TimeSpan User, TimeSpan System, TimeSpan Wall)
{
    public TimeSpan Cpu => User + System;

    /// <summary>Measures work of this process.</summary>
    public static async Task<Measurement> OfAsync(string name, Func<Task> work)
    {
        var before = Environment.CpuUsage;
        var begun = Stopwatch.GetTimestamp();
        await work();
        var wall = Stopwatch.GetElapsedTime(begun);
        var after = Environment.CpuUsage;
        return new Measurement(name, after.UserTime - before.UserTime, after.PrivilegedTime - before.PrivilegedTime, wall);
    }
}
