using System.Buffers;
using System.Text.Json;

namespace AspireK8sDeployer.Serving.Http;

/// <summary>
/// Memory in which an answer is put together before the first byte of it is sent, so that a result that cannot be serialised
/// still gets a whole answer of its own.
/// </summary>
internal sealed class AnswerBuffer : IDisposable
{
    private const int InitialSize = 1024;

    /// <summary>Larger buffers are not worth keeping for the next request.</summary>
    private const int LargestKept = 256 * 1024;

    [ThreadStatic]
    private static AnswerBuffer? _kept;

    private readonly ArrayBufferWriter<byte> _bytes = new(InitialSize);
    private readonly Utf8JsonWriter _writer;
    private readonly InvokeAnswer _answer;

    private AnswerBuffer(InvokeAnswer answer)
    {
        _answer = answer;
        _writer = new Utf8JsonWriter(_bytes, answer.WriterOptions);
    }

    public Utf8JsonWriter Writer => _writer;

    public ReadOnlyMemory<byte> Written => _bytes.WrittenMemory;

    public static AnswerBuffer RentFor(InvokeAnswer answer)
    {
        // Another application of the same process may have left its own, with other options.
        var kept = _kept;
        _kept = null;
        return kept?._answer == answer ? kept : new AnswerBuffer(answer);
    }

    public void Clear()
    {
        _writer.Reset();
        _bytes.ResetWrittenCount();
    }

    public void Dispose()
    {
        Clear();
        if (_bytes.Capacity <= LargestKept)
        {
            _kept = this;
        }
        else
        {
            _writer.Dispose();
        }
    }
}
