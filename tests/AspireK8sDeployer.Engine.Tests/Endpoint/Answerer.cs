using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AspireK8sDeployer.Engine.Tests.Endpoint;

/// <summary>Answers any path with a status, and <c>/info</c> with who it is.</summary>
internal sealed class Answerer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _serving;

    public Answerer(int status, string id)
    {
        _listener.Start();
        _serving = ServeAsync(status, id);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The host that it was asked for last.</summary>
    public string? Host { get; private set; }

    private async Task ServeAsync(int status, string id)
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
                await using var stream = client.GetStream();
                using var reader = new StreamReader(stream);
                var isInfo = (await reader.ReadLineAsync(TestContext.Current.CancellationToken))!.Contains("/info ", StringComparison.Ordinal);
                while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { Length: > 0 } header)
                {
                    if (header.StartsWith("Host: ", StringComparison.OrdinalIgnoreCase))
                    {
                        Host = header["Host: ".Length..];
                    }
                }

                var body = isInfo ? $$$"""{"deployment":{"id":"{{{id}}}"}}""" : "";
                await stream.WriteAsync(
                    Encoding.ASCII.GetBytes($"HTTP/1.1 {(isInfo ? 200 : status)} Text\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"),
                    TestContext.Current.CancellationToken);
            }
        }
        catch (Exception ended) when (ended is SocketException or InvalidOperationException or OperationCanceledException)
        {
            // Disposed.
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
    }
}
