using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.Engine.Tests.Invoke;

/// <summary>An API server with one Service that has no address, and one pod of it whose port it forwards.</summary>
internal sealed class ForwardingServer : IAsyncDisposable
{
    private const byte Data = 0;
    private const byte Error = 1;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly WebApplication _app;

    private ForwardingServer(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.First());

    /// <summary>What came through the port-forward, up to the end of the request.</summary>
    public string Request { get; private set; } = "";

    /// <summary>The credentials with which the port-forward was asked for.</summary>
    public string? Authorization { get; private set; }

    /// <summary>Starts one.</summary>
    /// <param name="answer">What the pod answers, in the parts in which it comes.</param>
    /// <param name="status">What the server answers to who asks for a port-forward; 101 opens it.</param>
    /// <param name="error">What it writes to the channel for errors instead of an answer.</param>
    public static async Task<ForwardingServer> StartAsync(string[] answer, int status = StatusCodes.Status101SwitchingProtocols, string? error = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new ForwardingServer(app);
        app.UseWebSockets();
        app.MapGet("/api/v1/namespaces/demo/services/greeter", () => Results.Text(
            """{"metadata":{"name":"greeter","namespace":"demo"},"spec":{"type":"ClusterIP","clusterIP":"None","selector":{"app":"greeter"},"ports":[{"port":9000,"targetPort":"http"}]}}"""));
        app.MapGet("/api/v1/namespaces/demo/pods", (string labelSelector) => Results.Text(labelSelector == "app=greeter"
            ? """{"metadata":{},"items":[{"metadata":{"name":"greeter-1","namespace":"demo"},"spec":{"containers":[{"name":"greeter","ports":[{"name":"http","containerPort":8123}]}]},"status":{"conditions":[{"type":"Ready","status":"True"}]}}]}"""
            : """{"metadata":{},"items":[]}"""));
        app.MapGet("/api/v1/namespaces/demo/pods/greeter-1/portforward", (HttpContext context) => server.ForwardAsync(context, answer, status, error));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ForwardAsync(HttpContext context, string[] answer, int status, string? error)
    {
        Authorization = context.Request.Headers.Authorization;
        if (status != StatusCodes.Status101SwitchingProtocols)
        {
            context.Response.StatusCode = status;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync("v4.channel.k8s.io");
        var port = ushort.Parse(context.Request.Query["ports"]!, null);
        await SendAsync(socket, Data, [(byte)(port & 0xff), (byte)(port >> 8)]);
        await SendAsync(socket, Error, [(byte)(port & 0xff), (byte)(port >> 8)]);
        Request = await ReadRequestAsync(socket);
        if (error is not null)
        {
            await SendAsync(socket, Error, Encoding.UTF8.GetBytes(error));
        }

        foreach (var part in error is null ? answer : [])
        {
            await SendAsync(socket, Data, Encoding.UTF8.GetBytes(part));
        }

        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
    }

    private static Task SendAsync(WebSocket socket, byte channel, byte[] bytes) =>
        socket.SendAsync((byte[])[channel, .. bytes], WebSocketMessageType.Binary, endOfMessage: true, TestContext.Current.CancellationToken);

    private static async Task<string> ReadRequestAsync(WebSocket socket)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (!IsWhole(text.ToString()))
        {
            var received = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
            Assert.True(received.EndOfMessage);
            Assert.Equal(Data, buffer[0]);
            text.Append(Encoding.UTF8.GetString(buffer, 1, received.Count - 1));
        }

        return text.ToString();
    }

    // Whether it says its length or comes in chunks.
    private static bool IsWhole(string request) =>
        request.Split("\r\n\r\n", 2) is [var head, var body]
        && (head.Split("Content-Length: ") is [_, var length] ? body.Length == int.Parse(length.Split('\r')[0], null) : body.EndsWith("0\r\n\r\n", StringComparison.Ordinal));
}
