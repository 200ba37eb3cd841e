using AspireK8sDeployer.Engine.Diagnose;

namespace AspireK8sDeployer.Engine.Tests.Diagnose;

public class LogExcerptTests
{
    [Fact]
    public void TheLastException_IsWhatTellsMost() => Assert.Equal(
        ["Unhandled exception. System.InvalidOperationException: no model", "   at Program.Main()"],
        LogExcerpt.Of("info: starting\nfail: something\nUnhandled exception. System.InvalidOperationException: no model\n   at Program.Main()\n", []));

    [Fact]
    public void WithoutOne_TheLastError_ElseTheLastLines()
    {
        Assert.Equal(["error: disk full"], LogExcerpt.Of("a\nb\nerror: disk full", []));
        Assert.Equal(["b", "c", "d"], LogExcerpt.Of("a\nb\nc\nd", []));
    }

    [Fact]
    public void ColoursGo_AndSecretsAreMasked() => Assert.Equal(
        ["error: login with ••• failed"],
        LogExcerpt.Of("\u001b[31merror\u001b[0m: login with hunter22 failed", ["hunter22", "x"]));

    [Fact]
    public void ASecretOfSeveralLines_IsMaskedInEachOfThem() => Assert.Equal(
        ["error: cannot read •••", "•••"],
        LogExcerpt.Of("error: cannot read first-line\nsecond-line", ["first-line\r\nsecond-line\nend"]));

    [Fact]
    public void ALogThatIsGone_HasNoLines() => Assert.Empty(LogExcerpt.Of("unable to retrieve container logs for containerd://abc", []));
}
