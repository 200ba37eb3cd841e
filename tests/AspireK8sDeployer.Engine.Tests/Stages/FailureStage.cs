using System.Collections.Concurrent;
using AspireK8sDeployer.EmbeddedCluster.Tests.Node;
using AspireK8sDeployer.Engine.Tests.Stages;

[assembly: AssemblyFixture(typeof(FailureStage))]

namespace AspireK8sDeployer.Engine.Tests.Stages;

/// <summary>
/// A cluster that retries a hundred times faster than a real one, so that proofs take seconds. Its failures are staged side
/// by side: most of their time is waiting.
/// </summary>
public sealed class FailureStage : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, Lazy<Task<StagedFailure>>> _failures = new();
    private readonly SemaphoreSlim _turns = new(6);
    private readonly Lazy<Task<(EmbeddedCluster.EmbeddedCluster Cluster, string Image)>> _cluster = new(StartAsync);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_cluster.IsValueCreated)
        {
            await (await _cluster.Value).Cluster.DisposeAsync();
        }

        _turns.Dispose();
    }

    /// <summary>How a row fails. The first one asked for begins all.</summary>
    internal Task<StagedFailure> OfAsync(FailureRow row)
    {
        foreach (var other in FailureRows.All)
        {
            _ = Of(other).Value;
        }

        return Of(row).Value;
    }

    private Lazy<Task<StagedFailure>> Of(FailureRow row) => _failures.GetOrAdd(row.Name, _ => new(() => Task.Run(() => PlayAsync(row))));

    private async Task<StagedFailure> PlayAsync(FailureRow row)
    {
        var (cluster, image) = await _cluster.Value;
        if (row is { IsPatient: false, MayHeal: false })
        {
            await _turns.WaitAsync();
        }

        try
        {
            await using var space = new Space(cluster, image);
            return await StagedFailure.PlayAsync(space, row);
        }
        finally
        {
            if (row is { IsPatient: false, MayHeal: false })
            {
                _turns.Release();
            }
        }
    }

    private static async Task<(EmbeddedCluster.EmbeddedCluster Cluster, string Image)> StartAsync()
    {
        var cluster = await EmbeddedCluster.EmbeddedCluster.StartAsync(
            new() { Name = "failures", BackOff = TimeSpan.FromMilliseconds(100), RunIngress = false }, CancellationToken.None);
        var root = TestImage.WebApp();
        root.Config["User"] = "0";
        await root.PushAsync(cluster, "tests/root:1", CancellationToken.None);
        return (cluster, await TestImage.WebApp().PushAsync(cluster, "tests/web:1", CancellationToken.None));
    }
}
