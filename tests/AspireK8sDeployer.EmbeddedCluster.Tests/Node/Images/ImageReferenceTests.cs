using AspireK8sDeployer.EmbeddedCluster.Node.Images;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Node.Images;

public class ImageReferenceTests
{
    private const string Digest = "sha256:0123456789012345678901234567890123456789012345678901234567890123";

    [Theory]
    [InlineData("nginx", "docker.io", "library/nginx", "latest", null)]
    [InlineData("me/app:2", "docker.io", "me/app", "2", null)]
    [InlineData("localhost:5000/app", "localhost:5000", "app", "latest", null)]
    [InlineData("localhost/app:1", "localhost", "app", "1", null)]
    [InlineData("registry.example.com/a/b:1.0", "registry.example.com", "a/b", "1.0", null)]
    [InlineData("127.0.0.1:5010/shop@" + Digest, "127.0.0.1:5010", "shop", null, Digest)]
    [InlineData("localhost:5000/app:1@" + Digest, "localhost:5000", "app", "1", Digest)]
    public void Names_AreTakenApart(string name, string registry, string repository, string? tag, string? digest) =>
        Assert.Equal(new ImageReference(registry, repository, tag, digest), ImageReference.Parse(name));

    [Theory]
    [InlineData("Example.com/Orders API:1", "invalid reference format: repository name (Orders API) must be lowercase")]
    [InlineData("", "invalid reference format")]
    [InlineData("app:", "invalid reference format")]
    [InlineData("app name", "invalid reference format")]
    [InlineData("app@sha256:12", "invalid reference format")]
    public void WhatIsNoName_IsRefusedInTheParsersWords(string name, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => ImageReference.Parse(name)).Message);
}
