using AspireK8sDeployer.Benchmarks.Measuring;

namespace AspireK8sDeployer.Benchmarks.Publishing;

/// <summary>Publishing, from the AppHost's settings to files, beside <c>helm template</c> of a chart with the same objects.</summary>
internal static class PublishBenchmark
{
    private const int Again = 3;

    public static async Task<int> RunAsync(int deployments, string helm, string parent, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(Path.Combine(parent, $"k8sd-bench-{Guid.NewGuid():N}")).FullName;
        try
        {
            var rows = new List<Measurement>();
            for (var round = 0; round <= Again; round++)
            {
                var name = round == 0 ? "publish, first in its process" : $"publish, again ({round})";
                rows.Add(await PublishAsync(name, deployments, Path.Combine(folder, $"published-{round}"), cancellationToken));
            }

            if (Programs.Find(helm) is { } found)
            {
                var chart = Path.Combine(folder, "chart");
                await HelmChart.WriteAsync(chart, Path.Combine(folder, "published-0", ManyDeployments.NameOf(0)), deployments, cancellationToken);
                rows.Add(await ChildProcess.MeasureAsync(
                    "helm template", found, ["template", "pipelines", chart, "--output-dir", Path.Combine(folder, "helm")], cancellationToken));
            }
            else
            {
                Console.WriteLine($"'{helm}' was not found: no row for 'helm template'; ratios are to the last row.");
            }

            var files = Directory.EnumerateFiles(Path.Combine(folder, "published-0"), "*", SearchOption.AllDirectories).Count();
            Table.Print($"publish: {deployments} deployments, {files} files", rows);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Measurement> PublishAsync(string name, int deployments, string output, CancellationToken cancellationToken)
    {
        // A line for each deployment would be most of what one sees.
        var console = Console.Out;
        Console.SetOut(TextWriter.Null);
        try
        {
            await using var app = ManyDeployments.Build(deployments, output);
            return await Measurement.OfAsync(name, () => app.RunAsync(cancellationToken));
        }
        finally
        {
            Console.SetOut(console);
        }
    }
}
