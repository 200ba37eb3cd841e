using Microsoft.AspNetCore.Http;

namespace AspireK8sDeployer.EmbeddedCluster.Faults;

/// <summary>A call that something happens to.</summary>
/// <param name="Http">The call.</param>
/// <param name="Next">Does it, as if nothing were.</param>
/// <param name="Time">The cluster's clock.</param>
/// <param name="Stopping">Ends what would wait for ever.</param>
internal sealed record FaultedCall(HttpContext Http, Func<Task> Next, TimeProvider Time, CancellationToken Stopping)
{
    /// <summary>
    /// Ends the answer without its end, after what was written so far. An abort would take that with it: to fail after the
    /// answer has begun makes the server close the connection (over HTTP/2, the stream) when all is sent.
    /// </summary>
    public async Task BreakOffAsync()
    {
        await Http.Response.Body.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        throw new IOException("The answer is broken off, as injected.");
    }

    /// <summary>Waits until the client gives up, or the server stops.</summary>
    public async Task WaitForClientAsync()
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Http.RequestAborted, Stopping);
        await Task.Delay(Timeout.InfiniteTimeSpan, Time, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
