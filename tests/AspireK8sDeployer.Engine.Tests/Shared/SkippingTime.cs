namespace AspireK8sDeployer.Engine.Tests.Shared;

/// <summary>A clock on which every wait is over at once; a time-out only when a test says so.</summary>
internal sealed class SkippingTime : TimeProvider
{
    private readonly AsyncLocal<Timer?> _timeout = new();
    private long _ticks = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).Ticks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>
    /// How long a time-out of a second or less really takes; for ever when absent. These are no time-outs: they end a wait for
    /// news, and look again.
    /// </summary>
    public TimeSpan? Look { get; init; }

    /// <summary>How much time was waited away.</summary>
    public TimeSpan Waited => GetUtcNow() - new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Lets the latest time-out pass that was set in the caller's own flow: the one that this call has.</summary>
    public void PassTimeout()
    {
        var timeout = _timeout.Value ?? throw new InvalidOperationException("No time-out was set: this would wait for ever.");
        Interlocked.Add(ref _ticks, timeout.Due.Ticks);
        timeout.Fire();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (state is CancellationTokenSource && dueTime > TimeSpan.Zero && dueTime <= TimeSpan.FromSeconds(1) && Look is { } look)
        {
            return System.CreateTimer(
                looker =>
                {
                    Interlocked.Add(ref _ticks, dueTime.Ticks);
                    callback(looker);
                },
                state, look, Timeout.InfiniteTimeSpan);
        }

        if (state is CancellationTokenSource || dueTime < TimeSpan.Zero)
        {
            return _timeout.Value = new Timer(callback, state, dueTime);
        }

        Interlocked.Add(ref _ticks, dueTime.Ticks);
        ThreadPool.QueueUserWorkItem(_ => callback(state));
        return new Timer(callback, state, dueTime);
    }

    private sealed class Timer(TimerCallback callback, object? state, TimeSpan due) : ITimer
    {
        public TimeSpan Due => due;

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
