using System.Net;
using System.Text;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Endpoint;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Engine.Tests.Cluster;
using AspireK8sDeployer.Engine.Tests.Shared;

namespace AspireK8sDeployer.Engine.Tests.Endpoint;

public class KeyTrialTests
{
    private const string Key = "0123456789abcdef0123456789abcdef";

    private static readonly DeploymentSettings Settings = A.Settings() with { AuthKey = AuthKey.Generated };

    private readonly SkippingTime _time = new();
    private int _secretsRead;

    [Fact]
    public async Task AKeyThatIsLetIn_IsNoNews()
    {
        await using var pipeline = new Answerer(200, "ours") { Key = Key };

        Assert.Null(await WarningAsync(Settings, At(pipeline)));
        Assert.Equal(TimeSpan.Zero, _time.Waited);
    }

    [Fact]
    public async Task AKeyThatIsNotLetIn_IsAWarningThatNamesItsSecret_AndNeverTheKey()
    {
        await using var pipeline = new Answerer(200, "ours") { Key = "another" };

        var warning = await WarningAsync(Settings, At(pipeline));

        Assert.StartsWith(
            $"http://127.0.0.1:{pipeline.Port}/ answers every call with 401 (K8SD503): it does not take the key of Secret/demo/greeter-auth.",
            warning, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, warning, StringComparison.Ordinal);
        Assert.InRange(_time.Waited, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task PodsOfBefore_AreGivenTimeToGo()
    {
        await using var pipeline = new Answerer(200, "ours") { Key = Key, KeyIsKnownFrom = 3 };

        Assert.Null(await WarningAsync(Settings, At(pipeline)));
        Assert.InRange(_time.Waited, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task WithoutAKey_AndWhereNobodyIsKnownToAnswer_NothingIsAskedAndShown()
    {
        await using var stranger = new Answerer(200, "somebody else") { Key = "another" };

        Assert.Null(await WarningAsync(Settings with { AuthKey = null }, At(stranger)));
        Assert.Null(await WarningAsync(Settings, At(stranger) with { Verified = false }));
        Assert.Equal((0, null), (_secretsRead, stranger.Host));
    }

    private static PipelineEndpoint At(Answerer pipeline) => new(new Uri($"http://127.0.0.1:{pipeline.Port}/"), "node port", Verified: true);

    private async Task<string?> WarningAsync(DeploymentSettings settings, PipelineEndpoint endpoint)
    {
        using var client = new ApiClient(() => new FakeTransport((_, _) => Secret()), _time);
        return await new KeyTrial(new ClusterObjects(client)).WarningAsync(settings, endpoint, TestContext.Current.CancellationToken);
    }

    private HttpResponseMessage Secret()
    {
        _secretsRead++;
        return FakeTransport.Json(
            HttpStatusCode.OK, $$$"""{"metadata":{"name":"greeter-auth","namespace":"demo"},"data":{"keys":"{{{Convert.ToBase64String(Encoding.UTF8.GetBytes(Key + "\n"))}}}"}}""");
    }
}
