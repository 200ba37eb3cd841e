using AspireK8sDeployer.EmbeddedCluster.Tests.Node;

[assembly: AssemblyFixture(typeof(ClusterFixture))]

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Node;

/// <summary>One cluster for all tests that do not change it as a whole; each makes a namespace of its own.</summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    private readonly SemaphoreSlim _starting = new(1);
    private EmbeddedCluster? _cluster;
    private string? _webApp;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }

        _starting.Dispose();
    }

    internal async Task<TestSpace> CreateSpaceAsync(CancellationToken cancellationToken)
    {
        await _starting.WaitAsync(cancellationToken);
        try
        {
            _cluster ??= await EmbeddedCluster.StartAsync(null, cancellationToken);
            _webApp ??= await TestImage.WebApp().PushAsync(_cluster, "tests/web:1", cancellationToken);
        }
        finally
        {
            _starting.Release();
        }

        return await TestSpace.CreateAsync(_cluster, _webApp, cancellationToken);
    }
}
