using System.Globalization;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Selectors;

/// <summary>Reads the text of a label selector by the server's own grammar, so that mistakes get the server's own words.</summary>
internal sealed class LabelSelectorParser
{
    private readonly List<(LabelToken Token, string Text)> _tokens = [];
    private int _position;

    public LabelSelectorParser(string text)
    {
        var lexer = new LabelSelectorLexer(text);
        do
        {
            _tokens.Add(lexer.Next());
        }
        while (_tokens[^1].Token != LabelToken.End);
    }

    public IReadOnlyList<LabelRequirement> Parse()
    {
        var requirements = new List<LabelRequirement>();
        while (true)
        {
            var (token, text) = Peek();
            switch (token)
            {
                case LabelToken.Identifier or LabelToken.Not:
                    requirements.Add(Requirement());
                    (token, text) = Take();
                    if (token == LabelToken.End)
                    {
                        return requirements;
                    }

                    if (token != LabelToken.Comma)
                    {
                        throw ApiException.BadRequest($"found '{text}', expected: ',' or 'end of string'");
                    }

                    (token, text) = Peek();
                    if (token is not (LabelToken.Identifier or LabelToken.Not))
                    {
                        throw ApiException.BadRequest($"found '{text}', expected: identifier after ','");
                    }

                    break;
                case LabelToken.End:
                    return requirements;
                default:
                    throw ApiException.BadRequest($"found '{text}', expected: !, identifier, or 'end of string'");
            }
        }
    }

    private static ApiException Failed(string problem) => ApiException.BadRequest($"unable to parse requirement: {problem}");

    // Inside values "in" and "notin" are words like any other.
    private (LabelToken Token, string Text) Peek(bool operators = false)
    {
        var (token, text) = _tokens[Math.Min(_position, _tokens.Count - 1)];
        return !operators && token is LabelToken.In or LabelToken.NotIn ? (LabelToken.Identifier, text) : (token, text);
    }

    private (LabelToken Token, string Text) Take(bool operators = false)
    {
        var taken = Peek(operators);
        _position++;
        return taken;
    }

    private LabelRequirement Requirement()
    {
        var (token, key) = Take();
        var negated = token == LabelToken.Not;
        if (negated)
        {
            (token, key) = Take();
        }

        if (token != LabelToken.Identifier)
        {
            throw Failed($"found '{key}', expected: identifier");
        }

        if (LabelSyntax.CheckKey(key) is { } problem)
        {
            throw Failed($"<nil>: Invalid value: {ServerText.Quote(key)}: {problem}");
        }

        if (negated)
        {
            return new LabelRequirement(key, LabelOperator.DoesNotExist, []);
        }

        if (Peek().Token is LabelToken.End or LabelToken.Comma)
        {
            return new LabelRequirement(key, LabelOperator.Exists, []);
        }

        return WithValues(key);
    }

    private LabelRequirement WithValues(string key)
    {
        var (token, text) = Take(operators: true);
        LabelOperator? found = token switch
        {
            LabelToken.In or LabelToken.Equals or LabelToken.DoubleEquals => LabelOperator.In,
            LabelToken.NotIn or LabelToken.NotEquals => LabelOperator.NotIn,
            LabelToken.GreaterThan => LabelOperator.GreaterThan,
            LabelToken.LessThan => LabelOperator.LessThan,
            _ => null,
        };
        if (found is not { } op)
        {
            throw Failed($"found '{text}', expected: in, notin, =, ==, !=, gt, lt");
        }

        IReadOnlyList<string> values = token is LabelToken.In or LabelToken.NotIn ? ValueList() : [ExactValue()];
        Check(key, op, values);
        return new LabelRequirement(key, op, values);
    }

    private static void Check(string key, LabelOperator op, IReadOnlyList<string> values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (op is LabelOperator.GreaterThan or LabelOperator.LessThan
                && !long.TryParse(values[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            {
                throw Failed($"values[{i}]: Invalid value: {ServerText.Quote(values[i])}: for 'Gt', 'Lt' operators, the value must be an integer");
            }

            if (LabelSyntax.CheckValue(values[i]) is { } problem)
            {
                throw Failed($"values[{i}][{key}]: Invalid value: {ServerText.Quote(values[i])}: {problem}");
            }
        }
    }

    private string ExactValue()
    {
        if (Peek().Token is LabelToken.End or LabelToken.Comma)
        {
            return "";
        }

        var (token, text) = Take();
        return token == LabelToken.Identifier ? text : throw Failed($"found '{text}', expected: identifier");
    }

    private List<string> ValueList()
    {
        var (token, text) = Take();
        if (token != LabelToken.OpenParenthesis)
        {
            throw Failed($"found '{text}' expected: '('");
        }

        (token, text) = Peek();
        switch (token)
        {
            case LabelToken.Identifier or LabelToken.Comma:
                var values = Identifiers();
                _ = Take(); // the closing parenthesis, which ended the identifiers
                return values;
            case LabelToken.ClosedParenthesis:
                _ = Take();
                return [""];
            default:
                throw Failed($"found '{text}', expected: ',', ')' or identifier");
        }
    }

    private List<string> Identifiers()
    {
        // Ordered and without repetition, as the server keeps them.
        var values = new SortedSet<string>(StringComparer.Ordinal);
        while (true)
        {
            var (token, text) = Take();
            if (token == LabelToken.Identifier)
            {
                values.Add(text);
                var (next, found) = Peek();
                if (next == LabelToken.ClosedParenthesis)
                {
                    return [.. values];
                }

                if (next != LabelToken.Comma)
                {
                    throw Failed($"found '{found}', expected: ',' or ')'");
                }
            }
            else if (token == LabelToken.Comma)
            {
                if (values.Count == 0)
                {
                    values.Add("");
                }

                var (next, _) = Peek();
                if (next == LabelToken.ClosedParenthesis)
                {
                    values.Add("");
                    return [.. values];
                }

                if (next == LabelToken.Comma)
                {
                    _ = Take();
                    values.Add("");
                }
            }
            else
            {
                throw Failed($"found '{text}', expected: ',', or identifier");
            }
        }
    }
}
