using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using static AspireK8sDeployer.EmbeddedCluster.Validation.ExpressionValues;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>
/// An expression over an object: literals, fields, indexes, comparisons, <c>! &amp;&amp; || ?: in + - * / %</c>, <c>has()</c>,
/// <c>size()</c> and the methods of texts. It is evaluated as it is read.
/// </summary>
internal sealed partial class Expression
{
    private readonly List<string> _tokens;
    private readonly JsonNode _self;
    private readonly JsonNode? _old;
    private int _next;

    private Expression(string text, JsonNode self, JsonNode? old)
    {
        _tokens = [.. Token().Matches(text).Select(match => match.Value)];
        _self = self;
        _old = old;
    }

    /// <summary>What the expression says; null if it is not understood or fails.</summary>
    public static bool? Evaluate(string text, JsonNode self, JsonNode? old)
    {
        try
        {
            var expression = new Expression(text, self, old);
            var value = expression.Choice();
            return expression._next == expression._tokens.Count && value is bool result ? result : null;
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    private string Peek => _next < _tokens.Count ? _tokens[_next] : "";

    private bool Take(string token)
    {
        if (Peek != token)
        {
            return false;
        }

        _next++;
        return true;
    }

    private void Expect(string token)
    {
        if (!Take(token))
        {
            throw new NotSupportedException($"'{token}' was expected");
        }
    }

    private object? Choice()
    {
        var condition = Or();
        if (!Take("?"))
        {
            return condition;
        }

        var yes = Choice();
        Expect(":");
        var no = Choice();
        return Truth(condition) ? Known(yes) : Known(no);
    }

    // An error on one side does not matter when the other side decides: a field is asked for only behind has().
    private object? Or()
    {
        var left = And();
        while (Take("||"))
        {
            var right = And();
            left = left is true || right is true ? true : Truth(left) || Truth(right);
        }

        return left;
    }

    private object? And()
    {
        var left = Comparison();
        while (Take("&&"))
        {
            var right = Comparison();
            left = left is not false && right is not false && Truth(left) && Truth(right);
        }

        return left;
    }

    private object? Comparison()
    {
        var left = Sum();
        while (Peek is "==" or "!=" or "<" or "<=" or ">" or ">=" or "in")
        {
            var operation = _tokens[_next++];
            var right = Sum();
            left = left is Missing || right is Missing ? Missing.Value : Compare(operation, left, right);
        }

        return left;
    }

    private object? Sum()
    {
        var left = Product();
        while (Peek is "+" or "-")
        {
            var operation = _tokens[_next++];
            var right = Product();
            left = (left, right) switch
            {
                (Missing, _) or (_, Missing) => Missing.Value,
                (string a, string b) when operation == "+" => a + b,
                (double a, double b) => operation == "+" ? a + b : a - b,
                _ => throw new NotSupportedException(operation),
            };
        }

        return left;
    }

    private object? Product()
    {
        var left = Unary();
        while (Peek is "*" or "/" or "%")
        {
            var operation = _tokens[_next++];
            var right = Unary();
            left = (left, right) switch
            {
                (Missing, _) or (_, Missing) => Missing.Value,
                (double a, double b) when operation == "*" => a * b,
                (double a, double b) when operation == "%" && b != 0 => a % b,
                (double a, double b) when b != 0 => Math.Truncate(a / b),
                _ => throw new NotSupportedException(operation),
            };
        }

        return left;
    }

    private object? Unary()
    {
        if (Take("!"))
        {
            return Unary() is var value and not Missing ? !Truth(value) : Missing.Value;
        }

        if (Take("-"))
        {
            return Unary() is double number ? -number : throw new NotSupportedException("-");
        }

        return Member();
    }

    private object? Member()
    {
        var value = Primary();
        while (true)
        {
            if (Take("."))
            {
                var name = _tokens[_next++];
                value = Take("(") ? Method(value, name, Arguments()) : FieldOf(value, name);
            }
            else if (Take("["))
            {
                var index = Choice();
                Expect("]");
                value = index is string name ? FieldOf(value, name) : ItemOf(value, index);
            }
            else
            {
                return value;
            }
        }
    }

    private object? Primary()
    {
        var token = Peek;
        _next++;
        switch (token)
        {
            case "(":
                var inner = Choice();
                Expect(")");
                return inner;
            case "[":
                return List();
            case "self":
                return Of(_self);
            case "oldSelf":
                return Of(_old);
            case "true" or "false":
                return token == "true";
            case "null":
                return null;
            case "has":
                Expect("(");
                var field = Member();
                Expect(")");
                return field is not Missing;
            case "size":
                Expect("(");
                var sized = Choice();
                Expect(")");
                return Method(sized, "size", []);
        }

        if (token.Length > 1 && token[0] is '\'' or '"')
        {
            return token.Contains('\\', StringComparison.Ordinal) ? throw new NotSupportedException(token) : token[1..^1];
        }

        return double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new NotSupportedException(token);
    }

    private JsonArray List()
    {
        var list = new JsonArray();
        while (!Take("]"))
        {
            list.Add(Known(Choice()) switch
            {
                string text => JsonValue.Create(text),
                double number => JsonValue.Create(number),
                bool flag => JsonValue.Create(flag),
                _ => throw new NotSupportedException("[]"),
            });
            Take(",");
        }

        return list;
    }

    private List<object?> Arguments()
    {
        var arguments = new List<object?>();
        while (!Take(")"))
        {
            arguments.Add(Choice());
            Take(",");
        }

        return arguments;
    }

    [GeneratedRegex(@"""[^""]*""|'[^']*'|[0-9]+(?:\.[0-9]+)?|[A-Za-z_][A-Za-z0-9_]*|&&|\|\||[=!<>]=|[^\s]")]
    private static partial Regex Token();
}
