using AspireK8sDeployer.Engine.Tests.Shared;

namespace AspireK8sDeployer.Engine.Tests.Stages;

/// <summary>What a user reads for every failure that the embedded cluster can stage, and how soon.</summary>
public class FailureMessageTests(FailureStage stage)
{
    public static TheoryData<string> Names => [.. FailureRows.All.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task AFailure_IsNamed_SoonAfterItIsProvable(string name)
    {
        var row = FailureRows.All.Single(row => row.Name == name);

        var failure = await stage.OfAsync(row);

        var provable = failure.SinceProvable is { } time ? $"{time.TotalSeconds:0.0} s after it was provable" : "as soon as it was provable";
        TestContext.Current.TestOutputHelper?.WriteLine($"{row.Reason,-18} {name}: exit after {failure.Total.TotalSeconds:0.0} s, {provable}");
        Assert.Equal(row.Reason, failure.Reason);
    }

    /// <summary>The whole text of each, in the file beside this one.</summary>
    [Fact]
    public async Task EveryFailure_IsSaidInTheseWords()
    {
        var texts = await Task.WhenAll(FailureRows.All.Select(async row => $"## {row.Name}\n{(await stage.OfAsync(row)).Message}\n"));

        Assert.DoesNotContain(texts, text => text.Contains("timed out waiting", StringComparison.OrdinalIgnoreCase));
        Snapshot.Matches(string.Join('\n', texts), "FailureMessages.txt");
    }
}
