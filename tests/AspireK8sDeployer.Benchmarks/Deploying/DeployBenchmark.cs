using AspireK8sDeployer.Benchmarks.Deploying.Tools;
using AspireK8sDeployer.Benchmarks.Measuring;
using AspireK8sDeployer.Benchmarks.Server;
using AspireK8sDeployer.Benchmarks.Server.Counting;

namespace AspireK8sDeployer.Benchmarks.Deploying;

/// <summary>Deploying many deployments, beside the tools that most people use for it, to the same API server.</summary>
internal sealed class DeployBenchmark(MeasuredServer server, DeployOptions options, string folder)
{
    // Enough that all code has run that the rounds run.
    private const int WarmUp = 3;

    public static async Task<int> RunAsync(DeployOptions options, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("k8sd-bench-").FullName;
        try
        {
            await using var server = await MeasuredServer.StartAsync(options.Kubeconfig, options.ServerProcess, cancellationToken);
            return await new DeployBenchmark(server, options, folder).RunAsync(Tools(options), cancellationToken) ? 0 : 1;
        }
        catch (InvalidOperationException failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static List<IDeployTool> Tools(DeployOptions options)
    {
        var kubectl = Programs.Find(options.Kubectl);
        var helm = Programs.Find(options.Helm);
        List<IDeployTool> all = [new OurEngine(), .. kubectl is null ? [] : new[] { new Kubectl(kubectl, oneByOne: false), new Kubectl(kubectl, oneByOne: true) }, .. helm is null ? [] : new[] { new Helm(helm) }];
        foreach (var (program, option) in new[] { (kubectl, options.Kubectl), (helm, options.Helm) }.Where(item => item.Item1 is null))
        {
            Console.WriteLine($"'{option}' was not found: nothing is compared with it. Put it on the PATH, or name it by its option.");
        }

        return [.. all.Where(tool => options.Tools.Contains(tool.Key))];
    }

    private async Task<bool> RunAsync(List<IDeployTool> tools, CancellationToken cancellationToken)
    {
        var kubeconfig = Path.Combine(folder, "kubeconfig");
        await File.WriteAllTextAsync(kubeconfig, server.Proxy.Kubeconfig(), cancellationToken);
        var environment = new ToolEnvironment(kubeconfig, Directory.CreateDirectory(Path.Combine(folder, "home")).FullName, options.Timeout);

        DeployTable.PrintHeading(server.Description);
        foreach (var tool in tools)
        {
            // The server compiles what it runs, and kubectl and helm remember what it offers.
            await RunAsync(tool, WarmUp, "warm-up", environment, cancellationToken);
        }

        var isComplete = true;
        foreach (var count in options.Deployments)
        {
            var results = new List<IReadOnlyList<Spent>>();
            foreach (var tool in tools)
            {
                try
                {
                    results.Add(await RunAsync(tool, count, $"{count}", environment, cancellationToken));
                }
                catch (InvalidOperationException failure) when (results.Count > 0)
                {
                    // What the others took is worth knowing all the same.
                    await Console.Error.WriteLineAsync(failure.Message);
                    isComplete = false;
                }
            }

            DeployTable.Print(count, results);
        }

        return isComplete;
    }

    private async Task<IReadOnlyList<Spent>> RunAsync(IDeployTool tool, int count, string round, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        await using var @namespace = new BenchmarkNamespace(server, $"k8sd-bench-{server.Run}-{tool.Key}-{round}");
        var own = Directory.CreateDirectory(Path.Combine(folder, $"{tool.Key}-{round}")).FullName;
        List<Spent> all = [];
        IReadOnlyDictionary<string, long>? before = null;
        foreach (var phase in Enum.GetValues<DeployPhase>())
        {
            var workload = new Workload(server.Run, @namespace.Name, count, phase == DeployPhase.Update ? "2" : "1");
            await tool.PrepareAsync(workload, own, cancellationToken);
            await server.RestAsync(cancellationToken);
            all.Add(await MeasureAsync(tool, workload, own, $"{tool.Key}-{round}-{phase}", environment, cancellationToken));

            var generations = await new WorkloadCheck(server.Client, workload).RunAsync(cancellationToken);
            if (phase == DeployPhase.NoOp && generations.Any(item => before![item.Key] != item.Value))
            {
                throw new InvalidOperationException($"{tool.Description} changed Deployments that it should have left alone, in namespace {workload.Namespace}");
            }

            before = generations;
        }

        return all;
    }

    private async Task<Spent> MeasureAsync(
        IDeployTool tool, Workload workload, string own, string title, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Timeout);
        var traffic = server.Proxy.Traffic = new Traffic();
        var cpu = server.Cpu;
        try
        {
            var time = await tool.DeployAsync(workload, own, environment, limit.Token);
            var serverCpu = server.Cpu - cpu;
            server.Proxy.Traffic = new Traffic();
            return new Spent(time, traffic.Requests, traffic.Writes, traffic.Bytes) { ServerCpu = serverCpu, Applied = traffic.LastWriteOf("deployments"), Inside = (tool as OurEngine)?.Inside };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException($"{tool.Description} did not finish within {options.Timeout.TotalMinutes:0} minutes ({title})");
        }
        finally
        {
            await LogAsync(traffic, title);
        }
    }

    private async Task LogAsync(Traffic traffic, string title)
    {
        if (options.Requests is { } logs)
        {
            Directory.CreateDirectory(logs);
            await File.WriteAllLinesAsync(Path.Combine(logs, $"{title}.txt"), [.. traffic.Sorts().Select(sort => $"# {sort.Count,6} {sort.Bytes,10} {sort.Sort}"), .. traffic.Lines()]);
        }
    }
}
