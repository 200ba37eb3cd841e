namespace AspireK8sDeployer.EmbeddedCluster.Faults;

/// <summary>Passes on the first bytes and drops the others.</summary>
internal sealed class TruncatedStream(Stream inner, int bytes) : WriteOnlyStream
{
    private int _left = bytes;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var part = buffer[..Math.Min(_left, buffer.Length)];
        _left -= part.Length;
        await inner.WriteAsync(part, cancellationToken).ConfigureAwait(false);
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);
}

/// <summary>Passes on the first events of a watch, a line each, and then breaks off.</summary>
internal sealed class EventStream(Stream inner, int events, bool partOfNext) : WriteOnlyStream
{
    private const int PartLength = 20;

    private int _left = events;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_left > 0 && !buffer.IsEmpty)
        {
            var end = buffer.Span.IndexOf((byte)'\n');
            var line = end < 0 ? buffer : buffer[..(end + 1)];
            await inner.WriteAsync(line, cancellationToken).ConfigureAwait(false);
            buffer = buffer[line.Length..];
            _left -= end < 0 ? 0 : 1;
        }

        if (_left == 0 && partOfNext && !buffer.IsEmpty)
        {
            await inner.WriteAsync(buffer[..Math.Min(PartLength, buffer.Length)], cancellationToken).ConfigureAwait(false);
            await inner.FlushAsync(cancellationToken).ConfigureAwait(false);
            throw new EventsOverException();
        }
    }

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        await inner.FlushAsync(cancellationToken).ConfigureAwait(false);
        if (_left == 0 && !partOfNext)
        {
            throw new EventsOverException();
        }
    }
}

internal sealed class EventsOverException : Exception;
