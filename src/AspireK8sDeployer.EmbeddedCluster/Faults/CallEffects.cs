namespace AspireK8sDeployer.EmbeddedCluster.Faults;

internal sealed class DelayEffect(TimeSpan time) : ApiFaultEffect
{
    internal override async Task RunAsync(FaultedCall call)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(call.Http.RequestAborted, call.Stopping);
        await Task.Delay(time, call.Time, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await call.Next().ConfigureAwait(false);
    }
}

internal sealed class NoAnswerEffect : ApiFaultEffect
{
    internal override Task RunAsync(FaultedCall call) => call.WaitForClientAsync();
}

internal sealed class ResetEffect(bool afterWork) : ApiFaultEffect
{
    internal override async Task RunAsync(FaultedCall call)
    {
        if (afterWork)
        {
            using var unheard = FaultyBody.Install(call.Http, Stream.Null, headers: false);
            await call.Next().ConfigureAwait(false);
        }

        call.Http.Abort();
    }
}

internal sealed class TruncateEffect(int bytes) : ApiFaultEffect
{
    internal override async Task RunAsync(FaultedCall call)
    {
        var body = new TruncatedStream(call.Http.Response.Body, bytes);
        using (FaultyBody.Install(call.Http, body))
        {
            await call.Next().ConfigureAwait(false);
        }

        await call.BreakOffAsync().ConfigureAwait(false);
    }
}
