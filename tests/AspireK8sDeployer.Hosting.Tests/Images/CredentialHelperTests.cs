using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Hosting.Images;

namespace AspireK8sDeployer.Hosting.Tests.Images;

/// <summary>With the shell in the place of a helper.</summary>
public class CredentialHelperTests
{
    private static readonly TimeSpan Enough = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task AHelperThatKnowsTheKey_GivesItsLogin()
    {
        var login = await AskAsync("""read key; test "$key" = example.com && echo '{"Username":"ada","Secret":"s3cret"}'""", Enough);

        Assert.Equal(new ImageCredentials("ada", "s3cret"), login);
    }

    [Theory]
    [InlineData("""echo '{"ServerURL":"example.com"}'""")]
    [InlineData("echo '[]'")]
    [InlineData("echo credentials not found")]
    [InlineData("exit 1")]
    public async Task AnAnswerWithoutALogin_IsNone(string script) => Assert.Null(await AskAsync(script, Enough));

    [Fact]
    public async Task AHelperThatIsNotThere_HasNone() =>
        Assert.Null(await CredentialHelper.AskAsync("docker-credential-nowhere", ["get"], "example.com", Enough, TestContext.Current.CancellationToken));

    [Fact]
    public async Task AHelperThatHangs_IsEndedAndNamed()
    {
        var failure = await Assert.ThrowsAsync<DeploymentException>(() => AskAsync("exec tail -f /dev/null", TimeSpan.FromSeconds(1)));

        Assert.Equal(
            """
            K8SD811: sh did not tell the login for example.com in 1 s
              → it may be waiting for a keychain to be unlocked: unlock it, and deploy again
            """,
            failure.Message);
    }

    private static Task<ImageCredentials?> AskAsync(string script, TimeSpan patience)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The helper here is a shell script.");
        return CredentialHelper.AskAsync("sh", ["-c", script], "example.com", patience, TestContext.Current.CancellationToken);
    }
}
