using AspireK8sDeployer.EmbeddedCluster.Tests.Node;
using AspireK8sDeployer.Engine.Tests.Stages;

[assembly: AssemblyFixture(typeof(ClusterFixture))]

namespace AspireK8sDeployer.Engine.Tests.Stages;

/// <summary>One embedded cluster for all stage tests; each of them has namespaces of its own.</summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    private readonly SemaphoreSlim _starting = new(1);
    private EmbeddedCluster.EmbeddedCluster? _cluster;
    private string? _image;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }

        _starting.Dispose();
    }

    internal async Task<Space> CreateSpaceAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await _starting.WaitAsync(cancellation);
        try
        {
            _cluster ??= await EmbeddedCluster.EmbeddedCluster.StartAsync(null, cancellation);
            _image ??= await TestImage.WebApp().PushAsync(_cluster, "tests/web:1", cancellation);
        }
        finally
        {
            _starting.Release();
        }

        return new Space(_cluster, _image);
    }
}
