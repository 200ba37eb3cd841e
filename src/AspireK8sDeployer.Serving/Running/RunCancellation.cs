namespace AspireK8sDeployer.Serving.Running;

/// <summary>The reasons for which a run is cancelled, joined in one token that remembers which came first.</summary>
internal sealed class RunCancellation : IDisposable
{
    /// <summary>How long a cancelled run has to end before its caller is answered without it.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenSource _giveUp;
    private readonly CancellationTokenRegistration _caller;
    private readonly CancellationTokenRegistration _cutOff;
    private int _cause = (int)RunEnd.TimedOut;

    public RunCancellation(TimeSpan timeout, TimeProvider time, CancellationToken caller, CancellationToken cutOff)
    {
        _source = new CancellationTokenSource(timeout, time);
        _giveUp = new CancellationTokenSource(timeout + Grace, time);
        _caller = caller.UnsafeRegister(static state => ((RunCancellation)state!).Cancel(RunEnd.Abandoned), this);
        _cutOff = cutOff.UnsafeRegister(static state => ((RunCancellation)state!).Cancel(RunEnd.ShutDown), this);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Cancelled a little after <see cref="Token"/>, when a run that does not look at it is waited for no longer.</summary>
    public CancellationToken GiveUpToken => _giveUp.Token;

    /// <summary>Why the run was cancelled; null when it was not.</summary>
    public RunEnd? Cause => _source.IsCancellationRequested ? (RunEnd)Volatile.Read(ref _cause) : null;

    public void Dispose()
    {
        _caller.Dispose();
        _cutOff.Dispose();
        _source.Dispose();
        _giveUp.Dispose();
    }

    private void Cancel(RunEnd cause)
    {
        if (!_source.IsCancellationRequested)
        {
            Volatile.Write(ref _cause, (int)cause);
        }

        // What is registered with the run's token is user code: it must neither hold up nor fail whoever cancels.
        _giveUp.CancelAfter(Grace);
        _ = _source.CancelAsync();
    }
}
