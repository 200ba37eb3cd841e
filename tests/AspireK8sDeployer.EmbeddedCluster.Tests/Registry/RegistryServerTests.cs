using System.Net;
using System.Text;
using AspireK8sDeployer.EmbeddedCluster.Registry;
using AspireK8sDeployer.EmbeddedCluster.Tests.Node;
using Microsoft.Extensions.Logging.Abstractions;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Registry;

public sealed class RegistryServerTests : IAsyncLifetime
{
    private static readonly byte[] Blob = Encoding.ASCII.GetBytes("some content of a layer");

    private readonly string _directory = Directory.CreateTempSubdirectory("registry-").FullName;
    private readonly RegistryCredentials _credentials = RegistryCredentials.Create();
    private RegistryServer? _registry;
    private HttpClient? _client;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string Digest => TestImage.Digest(Blob);

    public async ValueTask InitializeAsync()
    {
        _registry = await RegistryServer.StartAsync(_directory, 0, _credentials, NullLoggerFactory.Instance, Ct);
        _client = new HttpClient { BaseAddress = new Uri($"http://{_registry.Host}/v2/") };
        _client.DefaultRequestHeaders.Authorization = _credentials.ToHeader();
    }

    public async ValueTask DisposeAsync()
    {
        _client!.Dispose();
        await _registry!.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task WithoutCredentials_ABasicChallengeIsAnswered()
    {
        _client!.DefaultRequestHeaders.Authorization = null;

        using var answer = await _client.GetAsync("", Ct);

        Assert.Equal((HttpStatusCode.Unauthorized, "Basic"), (answer.StatusCode, answer.Headers.WwwAuthenticate.Single().Scheme));
    }

    [Fact]
    public async Task ChunkedUpload_IsThereWhenItIsComplete()
    {
        var location = await StartAsync();
        using var first = await PatchAsync(location, Blob[..10], "0-9");
        using var second = await PatchAsync(location, Blob[10..], $"10-{Blob.Length - 1}");
        using var before = await _client!.GetAsync($"app/blobs/{Digest}", Ct);
        using var end = await _client.PutAsync($"{location}?digest={Digest}", null, Ct);
        var stored = await _client.GetByteArrayAsync($"app/blobs/{Digest}", Ct);

        Assert.Equal(
            (HttpStatusCode.Accepted, HttpStatusCode.Accepted, HttpStatusCode.NotFound, HttpStatusCode.Created),
            (first.StatusCode, second.StatusCode, before.StatusCode, end.StatusCode));
        Assert.Equal(Blob, stored);
    }

    [Fact]
    public async Task ChunkThatLeavesAGap_IsRefused()
    {
        var location = await StartAsync();

        using var answer = await PatchAsync(location, Blob[10..], $"10-{Blob.Length - 1}");

        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, answer.StatusCode);
    }

    [Fact]
    public async Task ContentThatIsNotWhatItsDigestSays_IsNotKept()
    {
        var wrong = TestImage.Digest([1, 2, 3]);

        using var pushed = await _client!.PostAsync($"app/blobs/uploads/?digest={wrong}", new ByteArrayContent(Blob), Ct);
        using var stored = await _client.GetAsync($"app/blobs/{wrong}", Ct);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.NotFound), (pushed.StatusCode, stored.StatusCode));
    }

    [Fact]
    public async Task BlobOfAnotherRepository_IsMounted()
    {
        using var pushed = await _client!.PostAsync($"one/blobs/uploads/?digest={Digest}", new ByteArrayContent(Blob), Ct);

        using var mounted = await _client.PostAsync($"two/blobs/uploads/?mount={Digest}&from=one", null, Ct);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (pushed.StatusCode, mounted.StatusCode));
    }

    [Fact]
    public async Task ManifestOfUnknownContent_IsRefused()
    {
        using var content = new StringContent($$"""{"schemaVersion":2,"config":{"digest":"{{Digest}}"},"layers":[]}""");

        using var answer = await _client!.PutAsync("app/manifests/1", content, Ct);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("MANIFEST_BLOB_UNKNOWN", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task BaseImage_IsServedByTagAndByDigest()
    {
        using var byTag = await _client!.GetAsync("dotnet/empty/manifests/latest", Ct);
        var digest = byTag.Headers.GetValues("Docker-Content-Digest").Single();
        var byDigest = await _client.GetByteArrayAsync($"dotnet/empty/manifests/{digest}", Ct);
        var tags = await _client.GetStringAsync("dotnet/empty/tags/list", Ct);

        Assert.Equal(digest, TestImage.Digest(byDigest));
        Assert.Equal("""{"name":"dotnet/empty","tags":["latest"]}""", tags);
    }

    [Fact]
    public async Task Restart_FindsWhatWasPushedOnTheSamePort()
    {
        using var pushed = await _client!.PostAsync($"app/blobs/uploads/?digest={Digest}", new ByteArrayContent(Blob), Ct);
        var port = _registry!.Port;
        await _registry.DisposeAsync();

        _registry = await RegistryServer.StartAsync(_directory, port, _credentials, NullLoggerFactory.Instance, Ct);
        var stored = await _client.GetByteArrayAsync($"app/blobs/{Digest}", Ct);

        Assert.Equal(Blob, stored);
    }

    private async Task<Uri> StartAsync()
    {
        using var answer = await _client!.PostAsync("app/blobs/uploads/", null, Ct);
        return answer.Headers.Location!;
    }

    private Task<HttpResponseMessage> PatchAsync(Uri location, byte[] chunk, string range)
    {
        var content = new ByteArrayContent(chunk);
        content.Headers.TryAddWithoutValidation("Content-Range", range);
        return _client!.PatchAsync(location, content, Ct);
    }
}
