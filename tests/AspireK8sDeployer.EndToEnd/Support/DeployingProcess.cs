using System.Text.Json;
using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.EndToEnd.Support;

/// <summary>A deploy, a roll back or a delete, in a process of its own: this very program, started again with an order.</summary>
internal static class DeployingProcess
{
    public const string Command = "carry-out";

    /// <summary>Starts the process, for an API server that is reached with the kubeconfig.</summary>
    public static RunningProcess Start(string kubeconfig, DeploymentSettings settings, Work work)
    {
        var order = Path.ChangeExtension(kubeconfig, ".json");
        File.WriteAllText(order, JsonSerializer.Serialize(new Order(kubeconfig, settings, work)));
        return RunningProcess.Start(Environment.ProcessPath!, [Command, order]);
    }

    /// <summary>What that process does.</summary>
    public static async Task<int> RunAsync(string file)
    {
        var order = JsonSerializer.Deserialize<Order>(await File.ReadAllTextAsync(file))!;
        using var engine = DeploymentEngine.Connect(new ClusterConnection { KubeconfigPath = order.Kubeconfig });
        var progress = new ConsoleProgress();
        await (order.Work switch
        {
            Work.Delete => engine.DeleteAsync(order.Settings.Identity, progress, CancellationToken.None),
            Work.RollBack => engine.RollBackAsync(order.Settings.Identity, null, progress, CancellationToken.None),
            _ => (Task)engine.DeployAsync(order.Settings, progress, CancellationToken.None),
        });
        return 0;
    }

    private sealed record Order(string Kubeconfig, DeploymentSettings Settings, Work Work);

    private sealed class ConsoleProgress : IProgress<DeploymentProgress>
    {
        public void Report(DeploymentProgress value) => Console.WriteLine($"{value.Stage}: {value.Message}");
    }
}
