namespace AspireK8sDeployer.Serving.Running;

/// <summary>The reasons for which a run is cancelled, joined in one token that remembers which came first.</summary>
internal sealed class RunCancellation : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _caller;
    private readonly CancellationTokenRegistration _cutOff;
    private int _cause = (int)RunEnd.TimedOut;

    public RunCancellation(TimeSpan timeout, TimeProvider time, CancellationToken caller, CancellationToken cutOff)
    {
        _source = new CancellationTokenSource(timeout, time);
        _caller = caller.UnsafeRegister(static state => ((RunCancellation)state!).Cancel(RunEnd.Abandoned), this);
        _cutOff = cutOff.UnsafeRegister(static state => ((RunCancellation)state!).Cancel(RunEnd.ShutDown), this);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Why the run was cancelled; null when it was not.</summary>
    public RunEnd? Cause => _source.IsCancellationRequested ? (RunEnd)Volatile.Read(ref _cause) : null;

    public void Dispose()
    {
        _caller.Dispose();
        _cutOff.Dispose();
        _source.Dispose();
    }

    private void Cancel(RunEnd cause)
    {
        if (!_source.IsCancellationRequested)
        {
            Volatile.Write(ref _cause, (int)cause);
        }

        _source.Cancel();
    }
}
