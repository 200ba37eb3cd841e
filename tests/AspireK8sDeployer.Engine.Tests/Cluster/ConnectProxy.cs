using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AspireK8sDeployer.Engine.Tests.Cluster;

/// <summary>A proxy (HTTP CONNECT) in the test's process, which keeps what it was asked.</summary>
internal sealed class ConnectProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly List<string> _asked = [];
    private readonly Task _accepting;

    public ConnectProxy()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address => _listener.LocalEndpoint.ToString()!;

    /// <summary>The head of each request.</summary>
    public IReadOnlyList<string> Asked
    {
        get
        {
            lock (_asked)
            {
                return [.. _asked];
            }
        }
    }

    /// <summary>The answer to all that have not the right password.</summary>
    public string? Password { get; init; }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Stop();
        await _accepting;
        _ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> relays = [];
        try
        {
            while (true)
            {
                relays.Add(RelayAsync(await _listener.AcceptTcpClientAsync(_ended.Token)));
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(relays);
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            var stream = client.GetStream();
            while (true)
            {
                var head = await HeadAsync(stream);
                lock (_asked)
                {
                    _asked.Add(head);
                }

                if (Password is null || head.Contains(Convert.ToBase64String(Encoding.UTF8.GetBytes(Password)), StringComparison.Ordinal))
                {
                    await TunnelAsync(stream, head.Split(' ')[1]);
                    return;
                }

                await stream.WriteAsync("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"tests\"\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), _ended.Token);
            }
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Either side has ended.
        }
    }

    private async Task<string> HeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one, _ended.Token);
            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    private async Task TunnelAsync(NetworkStream stream, string target)
    {
        using var server = new TcpClient();
        await server.ConnectAsync(IPEndPoint.Parse(target), _ended.Token);
        await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), _ended.Token);
        await Task.WhenAny(stream.CopyToAsync(server.GetStream(), _ended.Token), server.GetStream().CopyToAsync(stream, _ended.Token));
    }
}
