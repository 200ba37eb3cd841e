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

    /// <summary>The key that it asks for on <c>/info</c>; null when it asks for none.</summary>
    public string? Key { get; init; }

    /// <summary>How many times it does not know the key before it does.</summary>
    public int KeyIsKnownFrom { get; init; }

    /// <summary>The host that it was asked for last.</summary>
    public string? Host { get; private set; }

    private async Task ServeAsync(int status, string id)
    {
        var asked = 0;
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
                await using var stream = client.GetStream();
                using var reader = new StreamReader(stream);
                var isInfo = (await reader.ReadLineAsync(TestContext.Current.CancellationToken))!.Contains("/info ", StringComparison.Ordinal);
                var authorization = "";
                while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { Length: > 0 } header)
                {
                    if (header.StartsWith("Host: ", StringComparison.OrdinalIgnoreCase))
                    {
                        Host = header["Host: ".Length..];
                    }
                    else if (header.StartsWith("Authorization: ", StringComparison.OrdinalIgnoreCase))
                    {
                        authorization = header["Authorization: ".Length..];
                    }
                }

                var isLetIn = Key is null || (asked++ >= KeyIsKnownFrom && authorization == $"Bearer {Key}");
                var body = isInfo && isLetIn ? $$$"""{"deployment":{"id":"{{{id}}}"}}""" : "";
                await stream.WriteAsync(
                    Encoding.ASCII.GetBytes($"HTTP/1.1 {(isInfo ? isLetIn ? 200 : 401 : status)} Text\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"),
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
