using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.Hosting.Tests.Images;

/// <summary>As much of a registry as a push and a lookup need, with one user, and an empty base image.</summary>
internal sealed class FakeRegistry : IAsyncDisposable
{
    public const string User = "ada";
    public const string Password = "s3cret";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, byte[]> _blobs = new();
    private readonly ConcurrentDictionary<string, (byte[] Body, string Type)> _manifests = new();
    private readonly ConcurrentDictionary<string, MemoryStream> _uploads = new();

    private FakeRegistry(WebApplication app) => _app = app;

    public string Host { get; private set; } = "";

    public ConcurrentQueue<string> Pushed { get; } = new();

    public static async Task<FakeRegistry> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(server => server.Limits.MaxRequestBodySize = null);
        var registry = new FakeRegistry(builder.Build());
        registry._app.Run(registry.AnswerAsync);
        await registry._app.StartAsync(TestContext.Current.CancellationToken);
        registry.Host = $"localhost:{new Uri(registry._app.Urls.Single()).Port}";
        registry.AddEmptyImage("dotnet/empty", "latest");
        return registry;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!.Trim('/').Split('/');
        if (context.Request.Headers.Authorization != $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}"))}")
        {
            context.Response.StatusCode = 401;
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"fake\"";
            return;
        }

        var repository = string.Join('/', path[1..^2]);
        switch (context.Request.Method, path[^2])
        {
            case ("GET", _) when path is ["v2"]:
                break;
            case ("HEAD" or "GET", "manifests"):
                await SendAsync(context, _manifests.TryGetValue($"{repository}:{path[^1]}", out var manifest) ? manifest : null);
                break;
            case ("HEAD" or "GET", "blobs"):
                await SendAsync(context, _blobs.TryGetValue(path[^1], out var blob) ? (blob, "application/octet-stream") : null);
                break;
            case ("POST", "blobs"):
                StartUpload(context);
                break;
            case ("PATCH" or "PUT", "uploads"):
                await UploadAsync(context, path[^1]);
                break;
            case ("PUT", "manifests"):
                AddManifest(repository, path[^1], await ReadAsync(context), context.Request.ContentType!);
                Pushed.Enqueue($"{repository}:{path[^1]}");
                context.Response.StatusCode = 201;
                break;
            default:
                context.Response.StatusCode = 405;
                break;
        }
    }

    private void StartUpload(HttpContext context)
    {
        var id = Guid.NewGuid().ToString("N");
        _uploads[id] = new MemoryStream();
        context.Response.Headers.Location = $"http://{Host}/v2/x/blobs/uploads/{id}";
        context.Response.StatusCode = 202;
    }

    private async Task UploadAsync(HttpContext context, string id)
    {
        await context.Request.Body.CopyToAsync(_uploads[id], context.RequestAborted);
        context.Response.Headers.Location = $"http://{Host}/v2/x/blobs/uploads/{id}";
        context.Response.StatusCode = 202;
        if (context.Request.Method == "PUT")
        {
            _blobs[context.Request.Query["digest"].Single()!] = _uploads[id].ToArray();
            context.Response.StatusCode = 201;
        }
    }

    private static async Task SendAsync(HttpContext context, (byte[] Body, string Type)? content)
    {
        if (content is not { } found)
        {
            context.Response.StatusCode = 404;
            return;
        }

        context.Response.ContentType = found.Type;
        context.Response.ContentLength = found.Body.Length;
        context.Response.Headers["Docker-Content-Digest"] = DigestOf(found.Body);
        if (context.Request.Method == "GET")
        {
            await context.Response.Body.WriteAsync(found.Body, context.RequestAborted);
        }
    }

    private void AddEmptyImage(string repository, string tag)
    {
        var config = Encoding.UTF8.GetBytes("""{"architecture":"amd64","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":[]}}""");
        _blobs[DigestOf(config)] = config;
        var manifest = $$"""
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","layers":[],
             "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"{{DigestOf(config)}}","size":{{config.Length}} } }
            """;
        AddManifest(repository, tag, Encoding.UTF8.GetBytes(manifest), "application/vnd.oci.image.manifest.v1+json");
    }

    private void AddManifest(string repository, string reference, byte[] body, string type) =>
        _manifests[$"{repository}:{reference}"] = _manifests[$"{repository}:{DigestOf(body)}"] = (body, type);

    private static async Task<byte[]> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return body.ToArray();
    }

    private static string DigestOf(byte[] content) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";
}
