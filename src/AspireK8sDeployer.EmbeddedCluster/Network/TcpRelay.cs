using System.Buffers;
using System.Net.Sockets;

namespace AspireK8sDeployer.EmbeddedCluster.Network;

/// <summary>Carries bytes both ways between two connections until both directions have ended.</summary>
internal static class TcpRelay
{
    private const int BufferSize = 64 * 1024;

    public static async Task RunAsync(Socket client, Socket server, CancellationToken cancellationToken)
    {
        var upload = CopyAsync(client, server, cancellationToken);
        var download = CopyAsync(server, client, cancellationToken);

        // A direction that ends well has sent its end to the other side, which may still answer (half close).
        // One that breaks takes the other with it.
        if (!await (await Task.WhenAny(upload, download).ConfigureAwait(false)).ConfigureAwait(false))
        {
            Abort(client);
            Abort(server);
        }

        await Task.WhenAll(upload, download).ConfigureAwait(false);
    }

    private static async Task<bool> CopyAsync(Socket from, Socket to, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            int read;
            while ((read = await from.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                var sent = 0;
                while (sent < read)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), cancellationToken).ConfigureAwait(false);
                }
            }

            to.Shutdown(SocketShutdown.Send);
            return true;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Resets the connection, so that the peer sees a failure and not a regular end.</summary>
    private static void Abort(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is closed already.
        }

        socket.Dispose();
    }
}
