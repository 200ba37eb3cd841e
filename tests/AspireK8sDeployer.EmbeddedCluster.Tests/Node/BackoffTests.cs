using AspireK8sDeployer.EmbeddedCluster.Node;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Node;

public class BackoffTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void RepeatedFailures_WaitTenSecondsDoublingToFiveMinutes()
    {
        var backoff = new Backoff(Backoff.Usual);
        var now = Start;
        var waits = new List<string>();
        for (var i = 0; i < 8; i++)
        {
            waits.Add(Backoff.Format(backoff.Remaining(now, now)));
            now += backoff.Remaining(now, now);
            backoff.Next(now, now);
        }

        Assert.Equal(["0s", "10s", "20s", "40s", "1m20s", "2m40s", "5m0s", "5m0s"], waits);
    }

    [Fact]
    public void TenQuietMinutes_AreForgiven()
    {
        var backoff = new Backoff(Backoff.Usual);
        backoff.Next(Start, Start);
        backoff.Next(Start, Start);
        var later = Start + TimeSpan.FromMinutes(11);

        Assert.Equal(TimeSpan.Zero, backoff.Remaining(later, later));
    }
}
