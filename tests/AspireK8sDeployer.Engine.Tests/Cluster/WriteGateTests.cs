using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Tests.Cluster;

public class WriteGateTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private readonly WriteGate _gate = new(4);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NoMoreThanItsLimit_AreUnderWay_AndTheOthersGoOneByOne()
    {
        var rounds = await EnterAsync(4);
        var next = _gate.EnterAsync(Cancellation);
        Assert.False(next.IsCompleted);

        _gate.Leave(rounds[0], WriteAnswer.Taken);

        await next.WaitAsync(Bound, Cancellation);
    }

    [Fact]
    public async Task TooMany_HalvesWhatIsUnderWay_OnceForAllThatWereUnderWayTogether()
    {
        var rounds = await EnterAsync(4);
        foreach (var round in rounds)
        {
            _gate.Leave(round, WriteAnswer.TooMany);
        }

        Assert.Equal(2, _gate.Limit);
    }

    [Fact]
    public async Task TenThatAreTaken_MakeRoomForOneMore_UpToTheLimit()
    {
        _gate.Leave((await EnterAsync(1))[0], WriteAnswer.TooMany);
        Assert.Equal(1, _gate.Limit);

        List<int> limits = [];
        for (var ten = 0; ten < 4; ten++)
        {
            for (var one = 0; one < 10; one++)
            {
                _gate.Leave(await _gate.EnterAsync(Cancellation), WriteAnswer.Taken);
            }

            limits.Add(_gate.Limit);
        }

        Assert.Equal([2, 3, 4, 4], limits);
    }

    [Fact]
    public async Task WhoGivesUp_LeavesThePlaceToTheNext()
    {
        var rounds = await EnterAsync(4);
        using var patience = new CancellationTokenSource();
        var impatient = _gate.EnterAsync(patience.Token);
        var next = _gate.EnterAsync(Cancellation);

        await patience.CancelAsync();
        _gate.Leave(rounds[0], WriteAnswer.Failed);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        await next.WaitAsync(Bound, Cancellation);
    }

    private async Task<IReadOnlyList<int>> EnterAsync(int times)
    {
        List<int> rounds = [];
        for (var time = 0; time < times; time++)
        {
            rounds.Add(await _gate.EnterAsync(Cancellation).WaitAsync(Bound, Cancellation));
        }

        return rounds;
    }
}
