using System.Buffers;
using System.IO.Pipelines;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AspireK8sDeployer.Serving.Http;

/// <summary>The whole body of a request, in memory that is given back in the end.</summary>
internal readonly struct RequestBody : IDisposable
{
    private readonly byte[] _rented;

    private RequestBody(byte[] rented, int start, int length)
    {
        _rented = rented;
        Json = rented.AsMemory(start, length);
    }

    public ReadOnlyMemory<byte> Json { get; }

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Reads the body.</summary>
    /// <exception cref="BadHttpRequestException">It is too large, not UTF-8, or came too slowly.</exception>
    public static async ValueTask<RequestBody> ReadAsync(HttpContext context, long limit)
    {
        var request = context.Request;
        if (request.ContentLength > limit)
        {
            throw TooLarge(limit);
        }

        // The server's own limit would stand in the way of a larger one of ours.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = limit;
        }

        var reader = request.BodyReader;
        while (true)
        {
            var read = await ReadSomeAsync(reader, limit).ConfigureAwait(false);
            if (read.Buffer.Length > limit)
            {
                throw TooLarge(limit);
            }

            if (read.IsCompleted)
            {
                return Take(reader, read.Buffer);
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_rented);

    private static RequestBody Take(PipeReader reader, ReadOnlySequence<byte> buffer)
    {
        var length = (int)buffer.Length;
        var rented = ArrayPool<byte>.Shared.Rent(length);
        buffer.CopyTo(rented);
        reader.AdvanceTo(buffer.End);
        if (!Utf8.IsValid(rented.AsSpan(0, length)))
        {
            ArrayPool<byte>.Shared.Return(rented);
            throw new BadHttpRequestException("The body is not UTF-8.", StatusCodes.Status400BadRequest);
        }

        var start = rented.AsSpan(0, length).StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
        return new RequestBody(rented, start, length - start);
    }

    private static BadHttpRequestException TooLarge(long limit) =>
        new($"The body is larger than {limit} bytes.", StatusCodes.Status413PayloadTooLarge);

    // A body of unknown length is cut off by the server first, whose message is about its settings.
    private static async ValueTask<ReadResult> ReadSomeAsync(PipeReader reader, long limit)
    {
        try
        {
            return await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLarge(limit);
        }
    }
}
