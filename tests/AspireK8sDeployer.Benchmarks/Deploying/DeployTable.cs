using System.Globalization;
using System.Runtime.InteropServices;

namespace AspireK8sDeployer.Benchmarks.Deploying;

/// <summary>Prints what deploys took, each as a ratio to the first: ours.</summary>
internal static class DeployTable
{
    public static void PrintHeading(string server)
    {
        Console.WriteLine($"deploy: to {server}");
        Console.WriteLine(FormattableString.Invariant($"{Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}"));
        Console.WriteLine("x: ratio to ours. applied: when the last Deployment was, after which controllers are waited for. CPU: of the tool's processes.");
        Console.WriteLine("MB: bodies, both ways. server: its CPU meanwhile, controllers included.");
    }

    /// <summary>Prints a round.</summary>
    /// <param name="count">How many deployments there were.</param>
    /// <param name="results">Of each tool, ours first, what each phase took.</param>
    public static void Print(int count, IReadOnlyList<IReadOnlyList<Spent>> results)
    {
        foreach (var phase in Enum.GetValues<DeployPhase>())
        {
            Console.WriteLine();
            Console.WriteLine($"{Title(phase),-40} {"wall s",8} {"x",6} {"applied",8} {"x",6} {"CPU s",8} {"x",6} {"requests",9} {"x",6} {"writes",7} {"MB",8} {"x",6} {"server s",9} {"x",6}");
            var ours = results[0][(int)phase];
            foreach (var row in results.Select(tool => tool[(int)phase]))
            {
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{row.Time.Name,-40} {row.Time.Wall.TotalSeconds,8:0.00} {row.Time.Wall / ours.Time.Wall,6:0.00} {row.Applied?.TotalSeconds,8:0.00} {row.Applied / ours.Applied,6:0.00} {row.Time.Cpu.TotalSeconds,8:0.00} {row.Time.Cpu / ours.Time.Cpu,6:0.00} "
                    + $"{row.Requests,9} {(double)row.Requests / ours.Requests,6:0.00} {row.Writes,7} {row.Bytes / 1e6,8:0.00} {(double)row.Bytes / ours.Bytes,6:0.00} "
                    + $"{row.ServerCpu?.TotalSeconds,9:0.00} {row.ServerCpu / ours.ServerCpu,6:0.00}"));
                if (row.Inside is { } inside)
                {
                    Console.WriteLine(string.Create(
                        CultureInfo.InvariantCulture, $"{"  without start-up of its process",-40} {inside.Preflight + inside.Deploys,8:0.00}        (preflight {inside.Preflight:0.00}, deploys {inside.Deploys:0.00})"));
                }
            }
        }

        string Title(DeployPhase phase) => phase switch
        {
            DeployPhase.Create => $"create, {count} × {Workload.ObjectsEach} objects",
            DeployPhase.NoOp => $"no-op, {count} deployments",
            _ => $"update of one field that rolls pods, {count}",
        };
    }
}
