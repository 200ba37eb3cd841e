using System.Diagnostics;

namespace AspireK8sDeployer.EndToEnd.Support;

/// <summary>
/// Callers that invoke the greeter all the time, until they are stopped: one that keeps its connection, and one that makes
/// a new one for each call, as curl does.
/// </summary>
internal sealed class Callers : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _lost = [];
    private readonly Task _calling;
    private readonly long _started = Stopwatch.GetTimestamp();
    private int _answered;

    private Callers(Uri url, CancellationToken cancellationToken) => _calling = Task.WhenAll(
        CallAsync(() => new HttpClient { BaseAddress = url }, keep: true, cancellationToken),
        CallAsync(() => new HttpClient { BaseAddress = url }, keep: false, cancellationToken));

    public static Callers Of(Uri url, CancellationToken cancellationToken) => new(url, cancellationToken);

    /// <summary>Stops them once every call that is under way has ended; what they lost, if anything, is named.</summary>
    public async Task NoneIsLostAsync()
    {
        await _stop.CancelAsync();
        await _calling;
        TestContext.Current.TestOutputHelper?.WriteLine($"{_answered} invocations answered");
        Assert.True(_lost.Count == 0, $"{_lost.Count} lost:\n{string.Join('\n', _lost)}");
        Assert.True(_answered > 10, $"only {_answered} invocations were made");
    }

    private async Task CallAsync(Func<HttpClient> connect, bool keep, CancellationToken cancellationToken)
    {
        var http = connect();
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await ClusterUnderTest.GreetAsync(http, "Ada", cancellationToken);
                Interlocked.Increment(ref _answered);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                lock (_lost)
                {
                    var kind = keep ? "kept" : "new";
                    _lost.Add($"after {Stopwatch.GetElapsedTime(_started).TotalSeconds:0.0} s on a {kind} connection: {failure.Message} {failure.GetBaseException().Message}");
                }
            }

            if (!keep)
            {
                http.Dispose();
                http = connect();
            }
        }

        http.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _calling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }
}
