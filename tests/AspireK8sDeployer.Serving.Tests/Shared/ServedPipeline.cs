using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.Serving.Tests.Shared;

/// <summary>A pipeline that is served by Kestrel on a free loopback port, for one test.</summary>
internal sealed class ServedPipeline : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ServedPipeline(WebApplication app, Recorder log)
    {
        _app = app;
        Log = log;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Http { get; }

    public Recorder Log { get; }

    public IServiceProvider Services => _app.Services;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<ServedPipeline> StartAsync(Delegate handler, Action<WebApplicationBuilder>? configure = null)
    {
        var log = new Recorder();
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(log);
        builder.AddPipelines();
        configure?.Invoke(builder);
        var app = builder.Build();
        app.MapPipeline("tested", handler);
        await app.StartAsync(Token);
        return new ServedPipeline(app, log);
    }

    public Task<Answer> InvokeAsync(string parameters) => PostAsync($$"""{"parameters":{{parameters}}}""");

    public Task<Answer> PostAsync(string body, string? contentType = "application/json") =>
        PostAsync(Encoding.UTF8.GetBytes(body), contentType);

    public async Task<Answer> PostAsync(byte[] body, string? contentType = "application/json", string path = "/invoke")
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        using var response = await Http.PostAsync(new Uri(path, UriKind.Relative), content, Token);
        return await Answer.OfAsync(response, Token);
    }

    public async Task<Answer> GetAsync(string path)
    {
        using var response = await Http.GetAsync(new Uri(path, UriKind.Relative), Token);
        return await Answer.OfAsync(response, Token);
    }

    public Task StopAsync() => _app.StopAsync(Token);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}
