using System.Globalization;
using System.Runtime.InteropServices;

namespace AspireK8sDeployer.Benchmarks.Measuring;

/// <summary>Prints measurements, each as a ratio to the last, and on what they were made.</summary>
internal static class Table
{
    public static void Print(string title, IReadOnlyList<Measurement> rows)
    {
        var peer = rows[^1];
        Console.WriteLine(title);
        Console.WriteLine(FormattableString.Invariant($"{Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}"));
        Console.WriteLine();
        Console.WriteLine($"{"",-34} {"CPU s",8} {"user s",8} {"kernel s",8} {"wall s",8} {"CPU ratio",10} {"wall ratio",10}");
        foreach (var row in rows)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{row.Name,-34} {row.Cpu.TotalSeconds,8:0.00} {row.User.TotalSeconds,8:0.00} {row.System.TotalSeconds,8:0.00} {row.Wall.TotalSeconds,8:0.00} {row.Cpu / peer.Cpu,10:0.00} {row.Wall / peer.Wall,10:0.00}"));
        }
    }
}
