using System.Text.Json;

namespace AspireK8sDeployer.Serving.Binding;

/// <summary>
/// Reads tokens and refuses what the serializer would let through to where it does harm: escapes that are no characters,
/// and more levels than the serializer will follow.
/// </summary>
internal ref struct TokenReader
{
    private const int DefaultMaxDepth = 64;

    // The answer shows each value inside three objects, and must not be deeper than its reader can follow.
    private const int LevelsInAnswer = 3;

    // The body's own object, and "parameters".
    private const int LevelsInBody = 2;

    // No number of fewer characters, without an exponent, is beyond a float.
    private const int ShortNumber = 38;

    private readonly int _deepestValue;
    private Utf8JsonReader _reader;

    public TokenReader(ReadOnlySpan<byte> body, JsonSerializerOptions options)
    {
        _deepestValue = Math.Max(1, (options.MaxDepth == 0 ? DefaultMaxDepth : options.MaxDepth) - LevelsInAnswer);
        _reader = new Utf8JsonReader(body, new JsonReaderOptions
        {
            AllowTrailingCommas = options.AllowTrailingCommas,
            CommentHandling = options.ReadCommentHandling,
            MaxDepth = _deepestValue + LevelsInBody + 1, // one more, to refuse it in words of our own
        });
    }

    public readonly JsonTokenType TokenType => _reader.TokenType;

    public bool Read()
    {
        if (!_reader.Read())
        {
            return false;
        }

        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray when _reader.CurrentDepth >= _deepestValue + LevelsInBody:
                throw new JsonException($"It is nested deeper than {_deepestValue} levels.");
            case JsonTokenType.String or JsonTokenType.PropertyName when _reader.ValueIsEscaped:
                RequireCharacters();
                break;
        }

        return true;
    }

    /// <summary>Moves past the value that comes next, and says where it is.</summary>
    public GivenValue ReadValue()
    {
        Read();
        var start = (int)_reader.TokenStartIndex;
        var holdsHugeNumber = SkipChildren();
        return new GivenValue(start, (int)_reader.BytesConsumed - start, holdsHugeNumber);
    }

    /// <summary>Moves to the end of the value that started, and returns whether it holds a number that few types can.</summary>
    public bool SkipChildren()
    {
        var holdsHugeNumber = IsHuge();
        if (_reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            for (var depth = _reader.CurrentDepth; Read() && _reader.CurrentDepth > depth;)
            {
                holdsHugeNumber |= IsHuge();
            }
        }

        return holdsHugeNumber;
    }

    public readonly bool TextEquals(ReadOnlySpan<byte> text) => _reader.ValueTextEquals(text);

    public readonly string GetString() => _reader.GetString()!;

    public readonly bool TryGetDouble(out double value)
    {
        value = 0;
        return _reader.TokenType == JsonTokenType.Number && _reader.TryGetDouble(out value);
    }

    private readonly void RequireCharacters()
    {
        try
        {
            _reader.GetString();
        }
        catch (InvalidOperationException)
        {
            throw new JsonException($"The text at byte {_reader.TokenStartIndex} has an escape that is no character.");
        }
    }

    private readonly bool IsHuge() =>
        _reader.TokenType == JsonTokenType.Number
        && (_reader.ValueSpan.Length > ShortNumber || _reader.ValueSpan.IndexOfAny((byte)'e', (byte)'E') >= 0)
        && _reader.TryGetDouble(out var number)
        && number is not (>= float.MinValue and <= float.MaxValue);
}
