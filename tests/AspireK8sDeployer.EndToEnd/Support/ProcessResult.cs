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
}
