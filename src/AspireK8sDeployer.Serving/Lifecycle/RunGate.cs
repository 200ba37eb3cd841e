using System.Diagnostics.CodeAnalysis;

namespace AspireK8sDeployer.Serving.Lifecycle;

/// <summary>Whether invocations are let in, how many are inside, and how many runs there were.</summary>
internal sealed class RunGate : IDisposable
{
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _cutOff = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _startedAt;
    private int _running;
    private long _finished;
    private long _lastFinishedTicks;
    private volatile bool _isClosed;
    private volatile ServingState _state = ServingState.Starting;

    public RunGate(TimeProvider time)
    {
        _time = time;
        _startedAt = time.GetTimestamp();
    }

    public ServingState State => _state;

    /// <summary>Cancelled when the process cannot wait for runs any longer.</summary>
    public CancellationToken CutOff => _cutOff.Token;

    public int Running => Volatile.Read(ref _running);

    public long Finished => Interlocked.Read(ref _finished);

    public TimeSpan Uptime => _time.GetElapsedTime(_startedAt);

    public DateTimeOffset? LastFinished => Interlocked.Read(ref _lastFinishedTicks) is > 0 and var ticks
        ? new DateTimeOffset(ticks, TimeSpan.Zero)
        : null;

    public void Open()
    {
        if (_state == ServingState.Starting)
        {
            _state = ServingState.Healthy;
        }
    }

    /// <summary>From now on the pipeline is not ready, though whoever has not noticed is still served.</summary>
    public void BeginDraining() => _state = ServingState.Draining;

    public bool TryEnter()
    {
        Interlocked.Increment(ref _running);
        if (!_isClosed)
        {
            return true;
        }

        Leave();
        return false;
    }

    public void Leave()
    {
        if (Interlocked.Decrement(ref _running) == 0 && _isClosed)
        {
            _empty.TrySetResult();
        }
    }

    public void CountRun()
    {
        Interlocked.Increment(ref _finished);
        Interlocked.Exchange(ref _lastFinishedTicks, _time.GetUtcNow().Ticks);
    }

    /// <summary>Lets no run in any more. The task completes when the last one has left.</summary>
    public Task CloseAsync()
    {
        // Counts as a run while it closes, so that a run that enters meanwhile does not find the gate empty.
        Interlocked.Increment(ref _running);
        _isClosed = true;
        Leave();
        return _empty.Task;
    }

    [SuppressMessage("Performance", "CA1849", Justification = "Runs observe the token in their own time; nothing is awaited here.")]
    public void CancelRuns() => _cutOff.Cancel();

    public void Dispose() => _cutOff.Dispose();
}
