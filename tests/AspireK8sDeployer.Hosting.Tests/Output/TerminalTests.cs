using AspireK8sDeployer.Hosting.Output;

namespace AspireK8sDeployer.Hosting.Tests.Output;

public class TerminalTests
{
    [Theory]
    [InlineData("xterm-256color", null, false, true)]
    [InlineData("xterm-256color", null, true, false)]
    [InlineData("dumb", null, false, false)]
    [InlineData("xterm", "true", false, false)]
    public void LinesAreWrittenOver_WhereSomebodySeesThem(string term, string? ci, bool isRedirected, bool isLive) =>
        Assert.Equal(isLive, Terminal.IsLive(name => name switch { "TERM" => term, "CI" => ci, _ => null }, isRedirected));
}
