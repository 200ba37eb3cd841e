using System.Net.Sockets;

namespace AspireK8sDeployer.Engine.Endpoint;

/// <summary>Sends requests to an address whatever their URL's host is; that stays in the Host header and in TLS.</summary>
internal static class PinnedHandler
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);

    // Without a proxy: what one says of an address in a cluster is not what its callers get.
    public static SocketsHttpHandler To(string? address) => new()
    {
        UseProxy = false,
        // What it leads on to has an address of its own.
        AllowAutoRedirect = address is null,
        ConnectTimeout = ConnectTimeout,
        ConnectCallback = address is null ? null : (context, cancellationToken) => ConnectAsync(address, context.DnsEndPoint.Port, cancellationToken),
    };

    private static async ValueTask<Stream> ConnectAsync(string address, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
