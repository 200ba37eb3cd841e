
namespace AspireK8sDeployer.EmbeddedCluster.Schema;

/// <summary>Says what is wrong with text that is not JSON, in the words of the server's own parser.</summary>
/// <remarks>Only run on text that was refused already, so that the readable form wins over the fast one.</remarks>
internal ref struct JsonSyntax
{
    private readonly ReadOnlySpan<byte> _text;
    private int _at;

    private JsonSyntax(ReadOnlySpan<byte> text) => _text = text;

    /// <summary>The problem; null when the text is JSON after all.</summary>
    public static string? Problem(ReadOnlySpan<byte> text)
    {
        var scanner = new JsonSyntax(text);
        try
        {
            scanner.Value();
            scanner.Blank();
            return scanner._at < text.Length ? scanner.Invalid("after top-level value").Message : null;
        }
        catch (DecodeException problem)
        {
            return problem.Message;
        }
    }

    public static bool IsValid(ReadOnlySpan<byte> text) => Problem(text) is null;

    private void Value()
    {
        Blank();
        switch (Peek())
        {
            case '{':
                Object();
                break;
            case '[':
                Array();
                break;
            case '"':
                String();
                break;
            case 't':
                Literal("true");
                break;
            case 'f':
                Literal("false");
                break;
            case 'n':
                Literal("null");
                break;
            case '-' or (>= '0' and <= '9'):
                Number();
                break;
            default:
                throw Invalid("looking for beginning of value");
        }
    }

    private void Object()
    {
        _at++;
        Blank();
        if (Peek() == '}')
        {
            _at++;
            return;
        }

        while (true)
        {
            Blank();
            if (Peek() != '"')
            {
                throw Invalid("looking for beginning of object key string");
            }

            String();
            Blank();
            Expect(':', "after object key");
            Value();
            Blank();
            if (Peek() == '}')
            {
                _at++;
                return;
            }

            Expect(',', "after object key:value pair");
        }
    }

    private void Array()
    {
        _at++;
        Blank();
        if (Peek() == ']')
        {
            _at++;
            return;
        }

        while (true)
        {
            Value();
            Blank();
            if (Peek() == ']')
            {
                _at++;
                return;
            }

            Expect(',', "after array element");
        }
    }

    private void String()
    {
        _at++;
        while (Peek() != '"')
        {
            if (Peek() < ' ')
            {
                throw Invalid("in string literal");
            }

            if (Peek() == '\\')
            {
                _at++;
                Escape();
            }

            _at++;
        }

        _at++;
    }

    private void Escape()
    {
        if (Peek() == 'u')
        {
            for (var digit = 0; digit < 4; digit++)
            {
                _at++;
                if (!char.IsAsciiHexDigit((char)Peek()))
                {
                    throw Invalid("in \\u hexadecimal character escape");
                }
            }
        }
        else if (!"bfnrt\\/\"".Contains((char)Peek(), StringComparison.Ordinal))
        {
            throw Invalid("in string escape code");
        }
    }

    private void Literal(string word)
    {
        foreach (var letter in word)
        {
            Expect(letter, $"in literal {word} (expecting {Quote(letter)})");
        }
    }

    private void Number()
    {
        if (Peek() == '-')
        {
            _at++;
            if (!char.IsAsciiDigit((char)Peek()))
            {
                throw Invalid("in numeric literal");
            }
        }

        if (_text[_at] == '0')
        {
            _at++;
        }
        else
        {
            Digits();
        }

        if (_at < _text.Length && _text[_at] == '.')
        {
            _at++;
            RequireDigits("after decimal point in numeric literal");
        }

        if (_at < _text.Length && _text[_at] is (byte)'e' or (byte)'E')
        {
            _at++;
            if (Peek() is '+' or '-')
            {
                _at++;
            }

            RequireDigits("in exponent of numeric literal");
        }
    }

    private void RequireDigits(string where)
    {
        if (!char.IsAsciiDigit((char)Peek()))
        {
            throw Invalid(where);
        }

        Digits();
    }

    private void Digits()
    {
        while (_at < _text.Length && char.IsAsciiDigit((char)_text[_at]))
        {
            _at++;
        }
    }

    private void Blank()
    {
        while (_at < _text.Length && _text[_at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            _at++;
        }
    }

    private readonly int Peek() => _at < _text.Length ? _text[_at] : throw new DecodeException("unexpected end of JSON input");

    private void Expect(char wanted, string where)
    {
        if (Peek() != wanted)
        {
            throw Invalid(where);
        }

        _at++;
    }

    private readonly DecodeException Invalid(string where)
    {
        // The server's scanner works on bytes: a character outside ASCII is named by its first byte.
        return new DecodeException($"invalid character {Quote((char)_text[_at])} {where}");
    }

    private static string Quote(char letter) => letter switch
    {
        '\'' => "'\\''",
        '"' => "'\"'",
        '\\' => "'\\\\'",
        '\n' => "'\\n'",
        '\r' => "'\\r'",
        '\t' => "'\\t'",
        < ' ' or '\x7f' => $"'\\x{(int)letter:x2}'",
        _ => $"'{letter}'",
    };
}
