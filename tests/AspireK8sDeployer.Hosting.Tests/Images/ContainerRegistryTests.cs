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

    private static async Task<string?> FindAsync(ImageReference image, ImageCredentials credentials)
    {
        using var http = new HttpClient();
        return await new ContainerRegistry(http).FindDigestAsync(image, credentials, TestContext.Current.CancellationToken);
    }
}
