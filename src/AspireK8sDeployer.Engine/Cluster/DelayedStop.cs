namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>A token that is cancelled some time after another one.</summary>
internal sealed class DelayedStop : IDisposable
{
    private readonly CancellationTokenSource? _stop;
    private readonly CancellationTokenRegistration _registration;

    public DelayedStop(TimeSpan delay, TimeProvider time, CancellationToken cancellationToken)
    {
        if (delay == TimeSpan.Zero)
        {
            Token = cancellationToken;
            return;
        }

        var stop = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _stop = stop;
        Token = stop.Token;
        _registration = cancellationToken.Register(() => stop.CancelAfter(delay));
    }

    public CancellationToken Token { get; }

    public void Dispose()
    {
        // First, and to its end: it uses what is disposed next.
        _registration.Dispose();
        _stop?.Dispose();
    }
}
