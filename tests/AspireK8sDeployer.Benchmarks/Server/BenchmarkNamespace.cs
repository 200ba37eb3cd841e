using System.Net;
using k8s;
using k8s.Autorest;

namespace AspireK8sDeployer.Benchmarks.Server;

/// <summary>A namespace that is gone when it is disposed.</summary>
internal sealed class BenchmarkNamespace(MeasuredServer server, string name) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public string Name => name;

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await server.Client.CoreV1.DeleteNamespaceAsync(name, cancellationToken: limit.Token);
            while (true)
            {
                await server.Client.CoreV1.ReadNamespaceAsync(name, cancellationToken: limit.Token);
                await Task.Delay(TimeSpan.FromMilliseconds(500), limit.Token);
            }
        }
        catch (HttpOperationException gone) when (gone.Response.StatusCode == HttpStatusCode.NotFound)
        {
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"Namespace {name} is still there after {Patience.TotalMinutes:0} minutes; delete it by hand");
        }
    }
}
