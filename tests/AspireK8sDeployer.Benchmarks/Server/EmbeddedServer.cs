using AspireK8sDeployer.Benchmarks.Measuring;

namespace AspireK8sDeployer.Benchmarks.Server;

/// <summary>The embedded cluster's API server and controllers as a process of their own, without a node: whose pods run is another's business.</summary>
internal static class EmbeddedServer
{
    public const string Command = "serve-api";

    public static async Task<int> ServeAsync()
    {
        await using var cluster = await EmbeddedCluster.EmbeddedCluster.StartAsync(new EmbeddedCluster.EmbeddedClusterOptions { Name = "benchmark", RunNode = false, RunIngress = false });
        await Companion.ServeAsync(cluster.KubeconfigPath);
        return 0;
    }
}
