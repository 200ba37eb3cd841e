using System.Net;
using k8s;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.EndToEnd.Support;

/// <summary>
/// Stands between a deploy and the API server, adds the credentials, and counts the writes. A test can act when a write
/// has been done and its answer is still on the way.
/// </summary>
internal sealed class ApiProxy : IAsyncDisposable
{
    // They belong to one connection; the credentials of this one mean nothing.
    private static readonly string[] HopByHop = ["Authorization", "Connection", "Host", "Keep-Alive", "Transfer-Encoding", "Upgrade", "Content-Length"];

    private readonly WebApplication _application;
    private readonly Kubernetes _server;
    private int _writes;

    private ApiProxy(WebApplication application, Kubernetes server, Func<int, Task> afterWrite)
    {
        _application = application;
        _server = server;
        AfterWrite = afterWrite;
    }

    /// <summary>A kubeconfig that leads here.</summary>
    public string Kubeconfig { get; private set; } = "";

    /// <summary>How many writes the server has done for us.</summary>
    public int Writes => _writes;

    /// <summary>Called with the number of writes so far, before the last one is answered.</summary>
    private Func<int, Task> AfterWrite { get; }

    public static async Task<ApiProxy> StartAsync(ClusterUnderTest cluster, Func<int, Task>? afterWrite = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
        var application = builder.Build();
        var proxy = new ApiProxy(application, (Kubernetes)cluster.ConnectAsUser(), afterWrite ?? (_ => Task.CompletedTask));
        application.Run(proxy.ForwardAsync);
        await application.StartAsync();
        proxy.Kubeconfig = await KubeconfigFile.WriteAsync(application.Urls.First(), "token: none");
        return proxy;
    }

    private async Task ForwardAsync(HttpContext context)
    {
        try
        {
            using var request = await ToServerAsync(context.Request);
            using var answer = await _server.HttpClient.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
            if (answer.IsSuccessStatusCode && IsWrite(context.Request))
            {
                await AfterWrite(Interlocked.Increment(ref _writes));
            }

            await AnswerAsync(context, answer);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            // The caller is dead, as the test meant it to be.
        }
    }

    private async Task<HttpRequestMessage> ToServerAsync(HttpRequest request)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(_server.BaseUri, $"{request.Path}{request.QueryString}"));
        if (request.ContentLength > 0 || request.Headers.TransferEncoding.Count > 0)
        {
            message.Content = new StreamContent(request.Body);
        }

        foreach (var (name, value) in request.Headers.Where(header => !HopByHop.Contains(header.Key)))
        {
            if (!message.Headers.TryAddWithoutValidation(name, value.ToArray()))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, value.ToArray());
            }
        }

        if (_server.Credentials is { } credentials)
        {
            await credentials.ProcessHttpRequestAsync(message, request.HttpContext.RequestAborted);
        }

        return message;
    }

    private static async Task AnswerAsync(HttpContext context, HttpResponseMessage answer)
    {
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, value) in answer.Headers.Concat(answer.Content.Headers).Where(header => !HopByHop.Contains(header.Key)))
        {
            context.Response.Headers[name] = value.ToArray();
        }

        // A watch answers in pieces, each of which somebody waits for.
        await context.Response.StartAsync(context.RequestAborted);
        using var body = await answer.Content.ReadAsStreamAsync(context.RequestAborted);
        var buffer = new byte[16 * 1024];
        while (await body.ReadAsync(buffer, context.RequestAborted) is > 0 and var length)
        {
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, length), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }

    private static bool IsWrite(HttpRequest request) =>
        request.Method != HttpMethods.Get && !request.Query.ContainsKey("dryRun") && !request.Path.StartsWithSegments("/apis/authorization.k8s.io");

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await _application.StopAsync(atOnce.Token);
        await _application.DisposeAsync();
        _server.Dispose();
        File.Delete(Kubeconfig);
        File.Delete(Path.ChangeExtension(Kubeconfig, ".json"));
    }
}
