using System.Net.Sockets;

namespace AspireK8sDeployer.AspireStandIn.Tests.AppHosts;

[Collection(nameof(BuiltAppHost))]
public sealed class RunModeTests(BuiltAppHost appHost)
{
    private static readonly Dictionary<string, string?> Environment = new() { ["Parameters__who"] = "Ada", ["DOTNET_ENVIRONMENT"] = "Development" };

    [Fact]
    public async Task Projects_RunWithTheirEnvironment_InTheOrderOfTheirHealth_AndEndWithTheAppHost()
    {
        using var process = appHost.Start(Environment);

        var api = new Uri((await process.LineAsync("[api] ✓ up: "))["[api] ✓ up: ".Length..]);
        var front = new Uri((await process.LineAsync("[front] ✓ up: "))["[front] ✓ up: ".Length..]);

        using var client = new HttpClient();
        Assert.Equal("/health", api.AbsolutePath);
        Assert.Equal("ok", await GetAsync(api));
        Assert.Equal("Ada", await GetAsync(new Uri(api, "/environment/WHO")));
        Assert.Equal("green", await GetAsync(new Uri(api, "/environment/COLOR")));
        Assert.Equal(api.GetLeftPart(UriPartial.Authority), await GetAsync(new Uri(front, "/environment/services__api__http__0")));

        process.Terminate();

        Assert.Equal(0, await process.ExitCodeAsync());
        await Assert.ThrowsAsync<SocketException>(() => ConnectAsync(api));
        await Assert.ThrowsAsync<SocketException>(() => ConnectAsync(front));

        Task<string> GetAsync(Uri uri) => client.GetStringAsync(uri, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task WhenNothingRunsAnyMore_TheAppHostEnds_AndSaysWhy()
    {
        using var process = appHost.Start(Environment, "--crash", "3");

        var lines = await process.LinesAsync();

        Assert.Equal(["[front] ✗ 'front' waits for 'api', which ended as Exited with exit code 3."], lines);
        Assert.Equal(1, await process.ExitCodeAsync());
    }

    [Fact]
    public async Task AMissingParameter_StopsOnlyTheProjectThatNeedsIt_WithItsName()
    {
        using var process = appHost.Start(new Dictionary<string, string?>());

        var line = await process.LineAsync("[api] ✗ ");
        process.Terminate();

        Assert.Equal("[api] ✗ The parameter 'who' has no value: the configuration key 'Parameters:who' is missing.", line);
    }

    private static async Task ConnectAsync(Uri uri)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(uri.Host, uri.Port, TestContext.Current.CancellationToken);
    }
}
