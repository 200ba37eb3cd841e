using AspireK8sDeployer.EmbeddedCluster.Node.Containers;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Node.Containers;

public class ListenAddressTests
{
    [Fact]
    public void PortsOfAspNetCore_BecomeUrlsOfThePod()
    {
        var environment = new Dictionary<string, string> { ["ASPNETCORE_HTTP_PORTS"] = "8080;8081" };

        ListenAddress.Apply(environment, "127.20.16.1", containerPort: 9000);

        Assert.Equal("http://127.20.16.1:8080;http://127.20.16.1:8081", environment["ASPNETCORE_URLS"]);
    }

    [Fact]
    public void WithoutPorts_TheContainersFirstPortIsUsed()
    {
        var environment = new Dictionary<string, string>();

        ListenAddress.Apply(environment, "127.20.16.1", containerPort: 9000);

        Assert.Equal("http://127.20.16.1:9000", environment["ASPNETCORE_URLS"]);
    }

    [Theory]
    [InlineData("http://*:80", "http://127.20.16.1:80")]
    [InlineData("http://+:80;https://0.0.0.0:443", "http://127.20.16.1:80;https://127.20.16.1:443")]
    [InlineData("http://[::]:80", "http://127.20.16.1:80")]
    [InlineData("http://example.com:80", "http://example.com:80")]
    public void UrlsOfEveryAddress_BecomeThePods(string urls, string expected)
    {
        var environment = new Dictionary<string, string> { ["ASPNETCORE_URLS"] = urls };

        ListenAddress.Apply(environment, "127.20.16.1", containerPort: null);

        Assert.Equal(expected, environment["ASPNETCORE_URLS"]);
    }
}
