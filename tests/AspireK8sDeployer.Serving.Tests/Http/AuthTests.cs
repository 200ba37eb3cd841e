using System.Net.Http.Headers;
using System.Text;
using AspireK8sDeployer.Client;
using AspireK8sDeployer.Serving.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace AspireK8sDeployer.Serving.Tests.Http;

public sealed class AuthTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("/info", null, 401, "Bearer")]
    [InlineData("/info", "Bearer first", 200, null)]
    [InlineData("/info", "bearer second", 200, null)]
    [InlineData("/info", "Bearer firs", 401, "Bearer error=\"invalid_token\"")]
    [InlineData("/info", "Bearer third", 401, "Bearer error=\"invalid_token\"")]
    [InlineData("/info", "Basic first", 401, "Bearer")]
    [InlineData("/info", "Bearer", 401, "Bearer")]
    [InlineData("/not/there", null, 401, "Bearer")]
    [InlineData("/not/there", "Bearer first", 404, null)]
    [InlineData("/health", null, 200, null)]
    [InlineData("/health/live/", null, 200, null)]
    [InlineData("/healthy", null, 401, "Bearer")]
    public async Task EveryPathButTheProbes_AsksForAKey(string path, string? authorization, int status, string? challenge)
    {
        await using var pipeline = await ServeAsync("first\n\n second \n");

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var answer = await pipeline.Http.SendAsync(request, Token);

        Assert.Equal((status, challenge), ((int)answer.StatusCode, answer.Headers.WwwAuthenticate.SingleOrDefault()?.ToString()));
    }

    [Fact]
    public async Task WithoutAKey_TheAnswerSaysHowToSendIt()
    {
        await using var pipeline = await ServeAsync("first");

        var answer = await pipeline.InvokeAsync("{}");

        Assert.Equal((401, "application/problem+json"), (answer.Status, answer.ContentType));
        AssertJson.Equal(
            """{"type":"https://www.rfc-editor.org/rfc/rfc9110#section-15.5.2","title":"Unauthorized","status":401,"detail":"Send the pipeline's key with the header 'Authorization: Bearer <key>'."}""",
            answer.Body);
    }

    [Fact]
    public async Task AChangedFile_IsReadWithoutARestart()
    {
        await using var pipeline = await ServeAsync("old");
        Assert.Equal((200, 401), (await StatusAsync(pipeline, "old"), await StatusAsync(pipeline, "new")));

        await File.WriteAllTextAsync(_file, "old\nnew", Token);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal((200, 200), (await StatusAsync(pipeline, "old"), await StatusAsync(pipeline, "new")));

        await File.WriteAllTextAsync(_file, "new", Token);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal((401, 200), (await StatusAsync(pipeline, "old"), await StatusAsync(pipeline, "new")));
    }

    [Fact]
    public async Task AFileThatIsNotThere_LetsNobodyIn_AndIsLogged()
    {
        File.Delete(_file);
        await using var pipeline = await ServeAsync(null);

        Assert.Equal(401, await StatusAsync(pipeline, ""));
        Assert.Contains(pipeline.Log.Entries, entry => entry.Message.StartsWith($"The callers' keys cannot be read from {_file}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task UnderAPathBase_TheProbesNeedNoKeyEither()
    {
        await using var pipeline = await ServeAsync("first", "/greeter");

        Assert.Equal(200, (await pipeline.GetAsync("/greeter/health")).Status);
        Assert.Equal(401, (await pipeline.GetAsync("/greeter/info")).Status);
    }

    [Fact]
    public async Task TheClientsKey_IsSent_AndInfoSaysThatItIsAskedFor()
    {
        await using var pipeline = await ServeAsync("first");
        var client = new PipelineClient(pipeline.Http) { Key = "first" };

        Assert.True((await client.GetInfoAsync(Token)).Deployment!.AuthEnabled);
        Assert.Equal("done", await client.InvokeAsync<string>(null, Token));
    }

    private async Task<ServedPipeline> ServeAsync(string? keys, string pathBase = "")
    {
        if (keys is not null)
        {
            await File.WriteAllTextAsync(_file, keys, Encoding.UTF8, Token);
        }

        return await ServedPipeline.StartAsync(() => "done", builder =>
        {
            builder.Configuration[$"{PipelineEnvironment.Section}:AuthKeysPath"] = _file;
            builder.Configuration[$"{PipelineEnvironment.Section}:PathBase"] = pathBase;
            builder.Services.AddSingleton<TimeProvider>(_time);
        });
    }

    private static async Task<int> StatusAsync(ServedPipeline pipeline, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/info", UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await pipeline.Http.SendAsync(request, Token);
        return (int)answer.StatusCode;
    }
}
