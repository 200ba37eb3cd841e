using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace AspireK8sDeployer.Serving.Tests.Lifecycle;

public class DefaultAddressTests
{
    [Fact]
    public void WithNothingConfigured_ItIsPort8000_ForThisMachineOnly() =>
        Assert.Equal("http://localhost:8000", UrlsAfterAddPipelines());

    [Fact]
    public void InAContainer_ItIsForTheNetworkToo() =>
        Assert.Equal("http://*:8000", UrlsAfterAddPipelines(("DOTNET_RUNNING_IN_CONTAINER", "true")));

    [Theory]
    [InlineData("urls", "http://127.0.0.1:5001", "http://127.0.0.1:5001")]
    [InlineData("http_ports", "9000", null)]
    [InlineData("https_ports", "9001", null)]
    [InlineData("Kestrel:Endpoints:Http:Url", "http://localhost:9002", null)]
    public void WhatIsConfigured_StaysInCharge(string setting, string value, string? urls) =>
        Assert.Equal(urls, UrlsAfterAddPipelines((setting, value)));

    private static string? UrlsAfterAddPipelines(params (string Setting, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        foreach (var (setting, value) in settings)
        {
            builder.Configuration[setting] = value;
        }

        builder.AddPipelines();
        return builder.Configuration[WebHostDefaults.ServerUrlsKey];
    }
}
