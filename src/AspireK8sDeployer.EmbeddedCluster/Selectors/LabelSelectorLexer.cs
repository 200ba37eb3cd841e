namespace AspireK8sDeployer.EmbeddedCluster.Selectors;

internal enum LabelToken
{
    Error,
    End,
    ClosedParenthesis,
    Comma,
    Not,
    DoubleEquals,
    Equals,
    GreaterThan,
    Identifier,
    In,
    LessThan,
    NotEquals,
    NotIn,
    OpenParenthesis,
}

/// <summary>Cuts the text of a label selector into tokens.</summary>
internal sealed class LabelSelectorLexer(string text)
{
    private const string Special = "=!(),><";

    private int _position;

    public (LabelToken Token, string Text) Next()
    {
        while (_position < text.Length && char.IsWhiteSpace(text[_position]))
        {
            _position++;
        }

        if (_position == text.Length)
        {
            return (LabelToken.End, "");
        }

        return Special.Contains(text[_position], StringComparison.Ordinal) ? NextSymbol() : NextWord();
    }

    private static LabelToken? SymbolOf(string symbol) => symbol switch
    {
        ")" => LabelToken.ClosedParenthesis,
        "," => LabelToken.Comma,
        "!" => LabelToken.Not,
        "==" => LabelToken.DoubleEquals,
        "=" => LabelToken.Equals,
        ">" => LabelToken.GreaterThan,
        "<" => LabelToken.LessThan,
        "!=" => LabelToken.NotEquals,
        "(" => LabelToken.OpenParenthesis,
        _ => null,
    };

    // As long as more characters make another symbol, they belong to it.
    private (LabelToken Token, string Text) NextSymbol()
    {
        var start = _position;
        LabelToken? last = null;
        while (_position < text.Length && Special.Contains(text[_position], StringComparison.Ordinal))
        {
            if (SymbolOf(text[start..(_position + 1)]) is { } symbol)
            {
                last = symbol;
                _position++;
            }
            else if (last is not null)
            {
                break;
            }
            else
            {
                _position++;
            }
        }

        return (last ?? LabelToken.Error, text[start.._position]);
    }

    private (LabelToken Token, string Text) NextWord()
    {
        var start = _position;
        while (_position < text.Length && !char.IsWhiteSpace(text[_position]) && !Special.Contains(text[_position], StringComparison.Ordinal))
        {
            _position++;
        }

        var word = text[start.._position];
        return (word switch { "in" => LabelToken.In, "notin" => LabelToken.NotIn, _ => LabelToken.Identifier }, word);
    }
}
