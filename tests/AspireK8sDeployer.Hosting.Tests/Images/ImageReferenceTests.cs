using AspireK8sDeployer.Hosting.Images;

namespace AspireK8sDeployer.Hosting.Tests.Images;

public class ImageReferenceTests
{
    [Theory]
    [InlineData("localhost:41234/dotnet/empty:latest", "localhost:41234", "dotnet/empty", "latest")]
    [InlineData("mcr.microsoft.com/dotnet/aspnet:10.0", "mcr.microsoft.com", "dotnet/aspnet", "10.0")]
    [InlineData("nginx", "docker.io", "library/nginx", "latest")]
    [InlineData("user/app:1", "docker.io", "user/app", "1")]
    [InlineData("registry:5000/app", "registry:5000", "app", "latest")]
    [InlineData("ghcr.io/a/b:1@sha256:abc", "ghcr.io", "a/b", "sha256:abc")]
    public void AnImageName_IsRegistryRepositoryAndReference(string name, string registry, string repository, string reference) =>
        Assert.Equal(new ImageReference(registry, repository, reference), ImageReference.Parse(name));

    [Fact]
    public void ADeployment_NamesTheDigest() =>
        Assert.Equal("ghcr.io/a/b@sha256:abc", new ImageReference("ghcr.io", "a/b", "1").AtDigest("sha256:abc"));

    [Theory]
    [InlineData("localhost:5000", true)]
    [InlineData("127.0.0.1:5000", true)]
    [InlineData("[::1]:5000", true)]
    [InlineData("registry.localhost:5000", true)]
    [InlineData("registry.example.com", false)]
    [InlineData("10.0.0.1:5000", false)]
    public void ALoopbackRegistry_IsTold(string host, bool isLoopback) => Assert.Equal(isLoopback, RegistryHost.IsLoopback(host));
}
