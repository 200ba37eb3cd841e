using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Apply;

/// <summary>A deploy lock that is held: renewed until it is disposed, then given back.</summary>
internal sealed class HeldLock : IAsyncDisposable
{
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan GiveBackWithin = TimeSpan.FromSeconds(10);

    private readonly ClusterObjects _cluster;
    private readonly DeploymentIdentity _deployment;
    private readonly ObjectId _id;
    private readonly LeaseHolder _holder;
    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationTokenSource _lost;
    private readonly Task _renewal;
    private JsonObject _lease;
    private string _loss = "may be taken over by another deploy, because this one could not renew its lock in time";
    private bool _deleted;

    public HeldLock(ClusterObjects cluster, DeploymentIdentity deployment, LeaseHolder holder, SeenLock before, JsonObject lease)
    {
        _cluster = cluster;
        _deployment = deployment;
        _id = DeployLock.IdOf(deployment);
        _holder = holder;
        Before = before;
        _lease = lease;
        // A lease that cannot be renewed is anybody's once it is over, whether somebody takes it or not.
        _lost = new CancellationTokenSource(DeployLock.Duration, cluster.Time);
        _renewal = RenewAsync();
    }

    /// <summary>The lock as it was when it was taken.</summary>
    public SeenLock Before { get; }

    /// <summary>Does what needs the lock, and stops it when the lock is lost.</summary>
    public async Task<T> WhileHeldAsync<T>(string stage, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _lost.Token);
        try
        {
            return await work(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // Then the lock is only what was noticed first.
            if (_cluster.Outage is { } outage)
            {
                throw outage;
            }

            throw new DeploymentException(
                "K8SD305", stage, $"Deployment {_deployment.Namespace}/{_deployment.Name} {_loss}",
                "see that the other one ends well, if there is one, and try again")
            {
                Reason = "LOCK_LOST",
            };
        }
    }

    /// <summary>Removes the lock itself: it goes with the deployment. Somebody else's is left, and this one then lost.</summary>
    public async Task DeleteAsync(CancellationToken cancellationToken)
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        await _renewal.ConfigureAwait(false);
        while (!await _cluster.DeleteUnchangedAsync(_id, _lease, cancellationToken).ConfigureAwait(false))
        {
            await LookAsync(cancellationToken).ConfigureAwait(false);
            _lost.Token.ThrowIfCancellationRequested();
        }

        _deleted = true;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _ended.CancelAsync().ConfigureAwait(false);
            await _renewal.ConfigureAwait(false);
            if (!_lost.IsCancellationRequested && !_deleted)
            {
                await GiveBackAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            // Even if it could not be given back: the next deploy sees that nobody has it any more.
            _holder.End();
            _ended.Dispose();
            _lost.Dispose();
        }
    }

    private async Task RenewAsync()
    {
        using var timer = new PeriodicTimer(RenewEvery, _cluster.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token).ConfigureAwait(false))
            {
                await TryWriteAsync(spec => spec["renewTime"] = DeployLock.Timestamp(_cluster.Time.GetUtcNow()), _ended.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // Ended.
        }
    }

    private async Task GiveBackAsync()
    {
        using var patience = new CancellationTokenSource(GiveBackWithin, _cluster.Time);
        try
        {
            if (!await TryGiveBackAsync(patience.Token).ConfigureAwait(false) && !_lost.IsCancellationRequested)
            {
                // A renewal that was cut off was written all the same, and made the first attempt stale.
                await TryGiveBackAsync(patience.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // It expires by itself.
        }
    }

    private Task<bool> TryGiveBackAsync(CancellationToken cancellationToken) => TryWriteAsync(
        spec =>
        {
            spec["holderIdentity"] = "";
            spec["renewTime"] = DeployLock.Timestamp(_cluster.Time.GetUtcNow());
        },
        cancellationToken);

    private async Task<bool> TryWriteAsync(Action<JsonObject> change, CancellationToken cancellationToken)
    {
        var begun = _cluster.Time.GetTimestamp();
        var body = (JsonObject)_lease.DeepClone();
        change((JsonObject)body["spec"]!);
        try
        {
            _lease = await _cluster.ReplaceAsync(_id, body, cancellationToken).ConfigureAwait(false);
            var left = DeployLock.Duration - _cluster.Time.GetElapsedTime(begun);
            _lost.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
            return true;
        }
        catch (ApiFailure failure) when (failure.IsStale)
        {
            await LookAsync(cancellationToken).ConfigureAwait(false);
            return false;
        }
        catch (Exception failure) when (failure is ApiFailure or ClusterUnreachableException or DeploymentException)
        {
            // The next renewal tries again; until the lease expires it is still ours.
            return false;
        }
    }

    // A write whose answer was lost makes the next one stale; only another holder means that the lock is lost.
    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var lease = await _cluster.GetAsync(_id, cancellationToken).ConfigureAwait(false);
            var holder = (string?)lease?["spec"]?["holderIdentity"];
            if (holder == _holder.ToString())
            {
                _lease = lease!;
                return;
            }

            _loss = string.IsNullOrEmpty(holder) ? "lost its lock: somebody else has taken or removed it" : $"was taken over by {LeaseHolder.Describe(holder)}";
            await _lost.CancelAsync().ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is ApiFailure or ClusterUnreachableException or DeploymentException)
        {
            // As above.
        }
    }
}
