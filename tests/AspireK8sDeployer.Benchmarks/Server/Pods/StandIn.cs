using AspireK8sDeployer.Benchmarks.Measuring;
using k8s;

namespace AspireK8sDeployer.Benchmarks.Server.Pods;

/// <summary>
/// What a cluster has beside its API server and controllers, without the weight: a node whose pods are ready at once and run
/// nothing, and an ingress controller that leads to a server which is well. A client of the API, in a process of its own.
/// </summary>
internal static class StandIn
{
    public const string Command = "run-pods";

    /// <summary>The label and the taint that keep our pods and other people's apart.</summary>
    public const string Mark = "k8sd.dev/benchmark";

    /// <summary>The names of the node and of the class of Ingresses.</summary>
    public static string NameOf(string run) => $"k8sd-benchmark-{run}";

    public static async Task<int> ServeAsync(string kubeconfig, string run)
    {
        using var client = new ServerAccess(kubeconfig).Connect();
        await using var pipelines = await WellServer.StartAsync();
        using var stopping = new CancellationTokenSource();
        using var pods = new PodRunner(client, run);
        var node = new VirtualNode(client, run);
        var ingresses = new IngressPublisher(client, run, pipelines.Port);
        await node.RegisterAsync(stopping.Token);
        await ingresses.RegisterAsync(stopping.Token);

        var work = Task.WhenAll(
            RepeatAsync(node.BeatAsync, stopping.Token),
            RepeatAsync(pods.WatchAsync, stopping.Token),
            RepeatAsync(ingresses.WatchAsync, stopping.Token));
        await Companion.ServeAsync("ready");
        await stopping.CancelAsync();
        await work;
        return 0;
    }

    /// <summary>Takes away what it registered; also when it was killed itself.</summary>
    public static async Task RemoveAsync(Kubernetes client, string run, CancellationToken cancellationToken)
    {
        await IgnoreMissingAsync(() => client.CoreV1.DeleteNodeAsync(NameOf(run), cancellationToken: cancellationToken));
        await IgnoreMissingAsync(() => client.NetworkingV1.DeleteIngressClassAsync(NameOf(run), cancellationToken: cancellationToken));
    }

    private static async Task IgnoreMissingAsync(Func<Task> delete)
    {
        try
        {
            await delete();
        }
        catch (k8s.Autorest.HttpOperationException missing) when (missing.Response.StatusCode == System.Net.HttpStatusCode.NotFound)
        {
        }
    }

    // A watch ends now and then, and the server may be busy: it is begun again, from what there is.
    private static async Task RepeatAsync(Func<CancellationToken, Task> work, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await work(stopping);
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is HttpRequestException or IOException or k8s.Autorest.HttpOperationException or OperationCanceledException or KubernetesException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), CancellationToken.None);
            }
        }
    }
}
