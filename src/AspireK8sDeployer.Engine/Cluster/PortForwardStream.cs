using System.Net.WebSockets;
using System.Text;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>The bytes of one forwarded port: the data channel of a port-forward, read and written as a stream.</summary>
/// <remarks>KubernetesClient has such streams, but they hold a thread for each read, also after who reads has given up.</remarks>
internal sealed class PortForwardStream(WebSocket socket) : Stream
{
    private const byte Data = 0;
    private const byte Error = 1;
    private const int PortBytes = sizeof(ushort);

    private readonly byte[] _buffer = new byte[16 * 1024];
    private readonly int[] _portBytesToCome = [PortBytes, PortBytes];
    private Memory<byte> _unread;
    private byte? _channel;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_unread.IsEmpty)
        {
            var received = await ReceiveAsync(cancellationToken).ConfigureAwait(false);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return 0;
            }

            Sort(_buffer.AsMemory(0, received.Count), received.EndOfMessage);
        }

        var count = Math.Min(buffer.Length, _unread.Length);
        _unread[..count].CopyTo(buffer);
        _unread = _unread[count..];
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // In one frame: the server takes every further one for a message of its own.
        var message = new byte[buffer.Length + 1];
        message[0] = Data;
        buffer.CopyTo(message.AsMemory(1));
        try
        {
            await socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken).ConfigureAwait(false);
        }
        catch (WebSocketException failure)
        {
            throw new IOException(failure.Message, failure);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
        // Every write is sent as it is.
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            socket.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await socket.ReceiveAsync(_buffer.AsMemory(), cancellationToken).ConfigureAwait(false);
        }
        catch (WebSocketException failure)
        {
            throw new IOException(failure.Message, failure);
        }
    }

    // A message names its channel in its first byte, however many reads it takes.
    private void Sort(Memory<byte> received, bool isEnd)
    {
        if (_channel is null && !received.IsEmpty)
        {
            _channel = received.Span[0];
            received = received[1..];
        }

        if (_channel is Data or Error)
        {
            var port = Math.Min(_portBytesToCome[_channel.Value], received.Length);
            _portBytesToCome[_channel.Value] -= port;
            received = received[port..];
            if (_channel == Data)
            {
                _unread = received;
            }
            else if (!received.IsEmpty)
            {
                throw new IOException(Encoding.UTF8.GetString(received.Span).Trim());
            }
        }

        _channel = isEnd ? null : _channel;
    }
}
