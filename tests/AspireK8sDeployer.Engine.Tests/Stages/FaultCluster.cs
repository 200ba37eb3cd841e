using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Tests.Stages;

[assembly: AssemblyFixture(typeof(FaultCluster))]

namespace AspireK8sDeployer.Engine.Tests.Stages;

/// <summary>A cluster for hundreds of deploys: nothing runs in it, and every pod is ready at once.</summary>
public sealed class FaultCluster : IAsyncLifetime
{
    private readonly CancellationTokenSource _ended = new();
    private readonly SemaphoreSlim _starting = new(1);
    private EmbeddedCluster.EmbeddedCluster? _cluster;
    private KubeconfigTransport? _transport;
    private Task _pods = Task.CompletedTask;

    /// <summary>Why no pod becomes ready any more; null when all is well.</summary>
    public Exception? NodeFailure => _pods.Exception;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _pods.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        _transport?.Dispose();
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }

        _ended.Dispose();
        _starting.Dispose();
    }

    /// <summary>A way to the cluster that all share: hundreds of connections would take more time than what goes over them.</summary>
    internal async Task<IClusterTransport> ConnectAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await _starting.WaitAsync(cancellation);
        try
        {
            if (_transport is null)
            {
                _cluster = await EmbeddedCluster.EmbeddedCluster.StartAsync(new() { RunNode = false, RunIngress = false }, cancellation);
                _transport = KubeconfigTransport.Open(new ClusterConnection { KubeconfigPath = _cluster.KubeconfigPath });
                _pods = new ReadyPods(new ClusterObjects(new ApiClient(() => _transport, TimeProvider.System))).RunAsync(_ended.Token);
            }

            return _transport;
        }
        finally
        {
            _starting.Release();
        }
    }
}
