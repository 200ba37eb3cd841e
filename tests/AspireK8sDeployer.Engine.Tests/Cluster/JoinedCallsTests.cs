using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Tests.Cluster;

public class JoinedCallsTests
{
    private readonly TaskCompletionSource _begun = new();
    private readonly TaskCompletionSource _mayEnd = new();
    private readonly List<string> _calls = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhoAsksWhileACallIsUnderWay_SharesTheNext()
    {
        var calls = new JoinedCalls<string, string>(AnswerAsync);

        var first = calls.AskAsync("a", Cancellation);
        await _begun.Task;
        var others = Task.WhenAll(calls.AskAsync("b", Cancellation), calls.AskAsync("c", Cancellation));
        _mayEnd.SetResult();

        Assert.Equal("A", await first);
        Assert.Equal(["B", "C"], await others);
        Assert.Equal(["a", "b c"], _calls);
    }

    [Fact]
    public async Task AFailure_ReachesAllWhoShareTheCall_AndNobodyAfter()
    {
        var calls = new JoinedCalls<string, string>(AnswerAsync);

        var first = calls.AskAsync("a", Cancellation);
        await _begun.Task;
        var second = calls.AskAsync("fail", Cancellation);
        var third = calls.AskAsync("b", Cancellation);
        _mayEnd.SetResult();

        await Assert.ThrowsAsync<InvalidOperationException>(() => second);
        await Assert.ThrowsAsync<InvalidOperationException>(() => third);
        Assert.Equal(["A", "D"], [await first, await calls.AskAsync("d", Cancellation)]);
    }

    [Fact]
    public async Task WhoGivesUp_LeavesTheOthersTheirAnswer()
    {
        var calls = new JoinedCalls<string, string>(AnswerAsync);
        using var patience = new CancellationTokenSource();

        var first = calls.AskAsync("a", patience.Token);
        await _begun.Task;
        var second = calls.AskAsync("b", Cancellation);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        _mayEnd.SetResult();

        Assert.Equal("B", await second);
    }

    private async Task<IReadOnlyList<string>> AnswerAsync(IReadOnlyList<string> asks)
    {
        _calls.Add(string.Join(' ', asks));
        _begun.TrySetResult();
        await _mayEnd.Task;
        return asks.Contains("fail") ? throw new InvalidOperationException("as asked for") : [.. asks.Select(ask => ask.ToUpperInvariant())];
    }
}
