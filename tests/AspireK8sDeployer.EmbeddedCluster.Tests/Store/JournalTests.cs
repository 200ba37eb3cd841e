using AspireK8sDeployer.EmbeddedCluster.Api;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Store;

public sealed class JournalTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("aspire-k8s-journal-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Journal => Path.Combine(_directory, "journal.jsonl");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Restart_KeepsObjectsVersionsAndCredentials()
    {
        string token;
        V1ConfigMap kept;
        await using (var first = await StartAsync())
        {
            token = first.AdminToken;
            kept = first.Api.Create(Map("kept"), "test");
            first.Api.Create(Map("gone"), "test");
            first.Api.Delete<V1ConfigMap>("default", "gone");
        }

        await using var second = await StartAsync();

        Assert.Equal(token, second.AdminToken);
        Assert.Null(second.Api.Get<V1ConfigMap>("default", "gone"));
        var found = second.Api.Get<V1ConfigMap>("default", "kept");
        Assert.Equal((kept.Uid(), kept.ResourceVersion()), (found!.Uid(), found!.ResourceVersion()));
        Assert.True(long.Parse(second.Api.Create(Map("new"), "test").ResourceVersion(), null) > long.Parse(kept.ResourceVersion(), null) + 2);
    }

    [Fact]
    public async Task HalfWrittenLastLine_CostsNothingElse()
    {
        await using (var first = await StartAsync())
        {
            first.Api.Create(Map("whole"), "test");
        }

        await File.AppendAllTextAsync(Journal, "{\"rv\":9999,\"group\":\"\",\"version\":\"v1\",\"resou", Ct);

        await using (var second = await StartAsync())
        {
            Assert.NotNull(second.Api.Get<V1ConfigMap>("default", "whole"));
            second.Api.Create(Map("after"), "test");
        }

        await using var third = await StartAsync();
        Assert.NotNull(third.Api.Get<V1ConfigMap>("default", "whole"));
        Assert.NotNull(third.Api.Get<V1ConfigMap>("default", "after"));
    }

    [Fact]
    public async Task WatchFromBeforeARestart_IsTold410()
    {
        long before;
        await using (var first = await StartAsync())
        {
            before = first.Api.List<V1ConfigMap>("default").ResourceVersion - 1;
        }

        await using var second = await StartAsync();
        var failure = await Assert.ThrowsAsync<ApiException>(async () =>
        {
            await foreach (var _ in second.Api.WatchAsync<V1ConfigMap>("default", before, Ct))
            {
            }
        });

        Assert.Equal((410, "Expired"), (failure.Code, failure.Reason));
    }

    [Fact]
    public async Task Secrets_AreInNoFileThatOthersCanRead()
    {
        await using var server = await StartAsync();

        Assert.All(
            Directory.GetFiles(_directory).Where(file => !file.EndsWith(".port", StringComparison.Ordinal)),
            file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(file)));
    }

    private static V1ConfigMap Map(string name) => new() { Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = "default" } };

    private Task<ApiServer> StartAsync() => ApiServer.StartAsync(new ApiServerOptions { StateDirectory = _directory }, Ct);
}
