namespace AspireK8sDeployer.EndToEnd.Support;

/// <summary>What a finished command left behind.</summary>
internal sealed record ProcessResult(string Command, int ExitCode, string Output, TimeSpan Duration)
{
    /// <summary>Fails with the whole output, because an exit code alone explains nothing.</summary>
    public ProcessResult ShouldSucceed()
    {
        Assert.True(ExitCode == 0, $"'{Command}' ended with exit code {ExitCode} after {Duration.TotalSeconds:0.0} s:\n{Output}");
        return this;
    }

    /// <summary>Fails with the whole output, because what was printed instead explains more.</summary>
    public void ShouldSay(params string[] words) =>
        Assert.All(words, word => Assert.True(Output.Contains(word, StringComparison.Ordinal), $"'{Command}' did not print '{word}':\n{Output}"));

    public void ShouldNotSay(string word) =>
        Assert.False(Output.Contains(word, StringComparison.Ordinal), $"'{Command}' printed '{word}':\n{Output}");
}
