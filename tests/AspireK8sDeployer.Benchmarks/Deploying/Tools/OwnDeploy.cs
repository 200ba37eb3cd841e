using System.Diagnostics;
using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Benchmarks.Deploying.Tools;

/// <summary>In the process that is measured: asks of the engine what the deploy steps of an AppHost with these deployments ask.</summary>
internal static class OwnDeploy
{
    public const string Command = "deploy-ours";

    public static async Task<int> RunAsync(string kubeconfig, Workload workload, string times, CancellationToken cancellationToken)
    {
        var settings = workload.Settings();
        using var engine = DeploymentEngine.Connect(new ClusterConnection { KubeconfigPath = kubeconfig });

        var begun = Stopwatch.GetTimestamp();
        await engine.CheckAsync(settings, cancellationToken);
        await engine.ListEverywhereAsync(Workload.Application, cancellationToken);
        var preflight = Stopwatch.GetElapsedTime(begun);

        // Aspire runs the steps of all deployments at once: they do not depend on each other.
        var results = await Task.WhenAll(settings.Select(item => engine.DeployAsync(item, new Lines(), cancellationToken)));
        await new OwnTimes(preflight.TotalSeconds, (Stopwatch.GetElapsedTime(begun) - preflight).TotalSeconds).WriteAsync(times, cancellationToken);

        // As the peers, it has to have seen that all works: an endpoint that did not answer is a failure here.
        return results.All(result => result.Endpoint.Verified) ? 0 : throw new InvalidOperationException(results.SelectMany(result => result.Warnings).FirstOrDefault());
    }

    private sealed class Lines : IProgress<DeploymentProgress>
    {
        public void Report(DeploymentProgress value) => Console.WriteLine($"{value.Deployment}: {value.Message}");
    }
}
