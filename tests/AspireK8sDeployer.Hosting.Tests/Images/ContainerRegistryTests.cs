using System.Net;
using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Hosting.Images;

namespace AspireK8sDeployer.Hosting.Tests.Images;

public class ContainerRegistryTests
{
    private static readonly ImageCredentials Ada = new(FakeRegistry.User, FakeRegistry.Password);

    [Fact]
    public async Task AnImageThatIsThere_HasADigest()
    {
        await using var registry = await FakeRegistry.StartAsync();

        var digest = await FindAsync(new ImageReference(registry.Host, "dotnet/empty", "latest"), Ada);

        Assert.Matches("^sha256:[0-9a-f]{64}$", digest);
    }

    [Fact]
    public async Task AnImageThatIsNotThere_HasNone()
    {
        await using var registry = await FakeRegistry.StartAsync();

        Assert.Null(await FindAsync(new ImageReference(registry.Host, "greeter", "1"), Ada));
    }

    [Fact]
    public async Task WrongCredentials_AreSaidToBeWrong()
    {
        await using var registry = await FakeRegistry.StartAsync();

        var failure = await Assert.ThrowsAsync<DeploymentException>(
            () => FindAsync(new ImageReference(registry.Host, "greeter", "1"), new ImageCredentials("ada", "wrong")));

        Assert.Equal(
            $"""
            K8SD802: Registry {registry.Host} cannot be asked for greeter: it refuses the user ada (401)
              → log in with 'docker login {registry.Host}', or correct the credentials
            """,
            failure.Message);
    }

    [Fact]
    public async Task ARegistryThatIsNotThere_IsNamed()
    {
        var failure = await Assert.ThrowsAsync<DeploymentException>(() => FindAsync(new ImageReference("localhost:1", "greeter", "1"), Ada));

        Assert.StartsWith("K8SD802: Registry localhost:1 cannot be asked for greeter: Connection refused", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://auth.example.com/token")]
    [InlineData("/token")]
    public async Task ALogin_GoesToNoUnencryptedAddress(string realm)
    {
        var answers = new Answers($"Bearer realm=\"{realm}\",service=\"example\"", "{}");

        var failure = await Assert.ThrowsAsync<DeploymentException>(() => FindAsync(answers));

        Assert.Equal(
            $"""
            K8SD802: Registry registry.example.com cannot be asked for greeter: it sends logins to "{realm}", which is no https address
              → correct the registry's token realm, or use another registry
            """,
            failure.Message);
        Assert.Equal(["https://registry.example.com/v2/greeter/manifests/1 -"], answers.Asked);
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("""{ "token": 1 }""")]
    public async Task ATokenServerThatGivesNoToken_IsNamed(string answer)
    {
        var failure = await Assert.ThrowsAsync<DeploymentException>(() => FindAsync(new Answers("Bearer realm=\"https://auth.example.com/token\"", answer)));

        Assert.Equal(
            """
            K8SD802: Registry registry.example.com cannot be asked for greeter: its token server https://auth.example.com/token gives no token
              → look at the token server's own log, and deploy again
            """,
            failure.Message);
    }

    [Fact]
    public async Task AToken_IsAskedForWithTheLogin_AndShown()
    {
        var answers = new Answers("Bearer realm=\"https://auth.example.com/token?a=b\",service=\"example\",scope=\"repository:greeter:pull\"", """{ "access_token": "t0ken" }""");

        Assert.Equal("sha256:0", await FindAsync(answers));
        Assert.Equal(
            [
                "https://registry.example.com/v2/greeter/manifests/1 -",
                "https://auth.example.com/token?a=b&service=example&scope=repository%3Agreeter%3Apull Basic",
                "https://registry.example.com/v2/greeter/manifests/1 Bearer",
            ],
            answers.Asked);
    }

    private static async Task<string?> FindAsync(Answers answers)
    {
        using var http = new HttpClient(answers);
        return await new ContainerRegistry(http).FindDigestAsync(new ImageReference("registry.example.com", "greeter", "1"), Ada, TestContext.Current.CancellationToken);
    }

    private static async Task<string?> FindAsync(ImageReference image, ImageCredentials credentials)
    {
        using var http = new HttpClient();
        return await new ContainerRegistry(http).FindDigestAsync(image, credentials, TestContext.Current.CancellationToken);
    }

    /// <summary>A registry that wants a token, and the server that gives it.</summary>
    private sealed class Answers(string challenge, string token) : HttpMessageHandler
    {
        public List<string> Asked { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add($"{request.RequestUri!.AbsoluteUri} {request.Headers.Authorization?.Scheme ?? "-"}");
            var response = new HttpResponseMessage(HttpStatusCode.OK);
            if (request.RequestUri.Host == "auth.example.com")
            {
                response.Content = new StringContent(token);
            }
            else if (request.Headers.Authorization is null)
            {
                response.StatusCode = HttpStatusCode.Unauthorized;
                response.Headers.TryAddWithoutValidation("WWW-Authenticate", challenge);
            }
            else
            {
                response.Headers.Add("Docker-Content-Digest", "sha256:0");
            }

            return Task.FromResult(response);
        }
    }
}
