using System.Text;
using System.Text.RegularExpressions;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>The grammars of names; each rule gives what is wrong with a text, in the server's words.</summary>
internal static partial class NameRules
{
    private const string LabelFormat = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private const string SubdomainFormat = LabelFormat + @"(\." + LabelFormat + ")*";
    private const string QualifiedFormat = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";

    private const string LabelProblem =
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an "
        + $"alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '{LabelFormat}')";

    private const string SubdomainProblem =
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with "
        + $"an alphanumeric character (e.g. 'example.com', regex used for validation is '{SubdomainFormat}')";

    private const string Dns1035Problem =
        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end "
        + "with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

    private const string WildcardProblem =
        "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case "
        + "alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. '*.example.com', regex used for "
        + $@"validation is '\*\.{SubdomainFormat}')";

    private const string QualifiedDetail =
        "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character "
        + $"(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '{QualifiedFormat}')";

    private const string LabelValueProblem =
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with "
        + "an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is "
        + "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

    private const string ConfigKeyProblem =
        "a valid config key must consist of alphanumeric characters, '-', '_' or '.' "
        + "(e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

    private const string HeaderProblem =
        "a valid HTTP header must consist of alphanumeric characters or '-' "
        + "(e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')";

    public static IEnumerable<string> Label(string value)
    {
        if (value.Length > 63)
        {
            yield return "must be no more than 63 characters";
        }

        if (!LabelPattern().IsMatch(value))
        {
            yield return SubdomainPattern().IsMatch(value) ? "must not contain dots" : LabelProblem;
        }
    }

    public static IEnumerable<string> Dns1035Label(string value)
    {
        if (value.Length > 63)
        {
            yield return "must be no more than 63 characters";
        }

        if (!Dns1035Pattern().IsMatch(value))
        {
            yield return Dns1035Problem;
        }
    }

    public static IEnumerable<string> Subdomain(string value) => Subdomain(value, "characters");

    public static IEnumerable<string> WildcardSubdomain(string value)
    {
        if (value.Length > 253)
        {
            yield return "must be no more than 253 characters";
        }

        if (!value.StartsWith("*.", StringComparison.Ordinal) || !SubdomainPattern().IsMatch(value[2..]))
        {
            yield return WildcardProblem;
        }
    }

    /// <summary>A name with an optional prefix, such as the key of a label.</summary>
    public static IEnumerable<string> Qualified(string value)
    {
        var parts = value.Split('/');
        if (parts.Length > 2)
        {
            return [$"a valid label key {QualifiedDetail} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"];
        }

        return parts.Length == 2 ? Prefix(parts[0]).Concat(QualifiedName(parts[1])) : QualifiedName(parts[0]);
    }

    public static IEnumerable<string> LabelValue(string value)
    {
        if (value.Length > 63)
        {
            yield return "must be no more than 63 bytes";
        }

        if (!LabelValuePattern().IsMatch(value))
        {
            yield return LabelValueProblem;
        }
    }

    public static IEnumerable<string> PathSegment(string value)
    {
        if (value is "." or "..")
        {
            return [$"may not be '{value}'"];
        }

        return "/%".Where(letter => value.Contains(letter, StringComparison.Ordinal)).Select(letter => $"may not contain '{letter}'");
    }

    public static IEnumerable<string> ConfigKey(string value)
    {
        if (value.Length > 253)
        {
            yield return "must be no more than 253 characters";
        }

        if (!ConfigKeyPattern().IsMatch(value))
        {
            yield return ConfigKeyProblem;
        }

        if (value is ".")
        {
            yield return "must not be '.'";
        }
        else if (value is "..")
        {
            yield return "must not be '..'";
        }
        else if (value.StartsWith("..", StringComparison.Ordinal))
        {
            yield return "must not start with '..'";
        }
    }

    public static IEnumerable<string> EnvironmentVariable(string value)
    {
        if (value.Length == 0)
        {
            yield return "environment variable name must be non-empty";
        }
        else if (value.Any(letter => letter is < ' ' or > '~' or '='))
        {
            yield return "a valid environment variable name must consist only of printable ASCII characters other than '='";
        }
    }

    public static IEnumerable<string> Port(long number)
    {
        if (number is < 1 or > 65535)
        {
            yield return "must be between 1 and 65535, inclusive";
        }
    }

    public static IEnumerable<string> PortName(string value)
    {
        if (value.Length > 15)
        {
            yield return "must be no more than 15 characters";
        }

        if (value.Any(letter => !char.IsAsciiLetterLower(letter) && !char.IsAsciiDigit(letter) && letter != '-') || value.Length == 0)
        {
            yield return "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)";
        }

        if (!value.Any(char.IsAsciiLetterLower))
        {
            yield return "must contain at least one letter (a-z)";
        }

        if (value.Contains("--", StringComparison.Ordinal))
        {
            yield return "must not contain consecutive hyphens";
        }

        if (value.StartsWith('-') || value.EndsWith('-'))
        {
            yield return "must not begin or end with a hyphen";
        }
    }

    public static IEnumerable<string> HttpHeader(string value)
    {
        if (!HeaderPattern().IsMatch(value))
        {
            yield return HeaderProblem;
        }
    }

    public static IEnumerable<string> Percent(string value)
    {
        if (!PercentPattern().IsMatch(value))
        {
            yield return "a valid percent string must be a numeric string followed by an ending '%' "
                + "(e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')";
        }
    }

    private static IEnumerable<string> Subdomain(string value, string unit)
    {
        if (Encoding.UTF8.GetByteCount(value) > 253)
        {
            yield return $"must be no more than 253 {unit}";
        }

        if (!SubdomainPattern().IsMatch(value))
        {
            yield return SubdomainProblem;
        }
    }

    private static IEnumerable<string> Prefix(string prefix) => prefix.Length == 0
        ? ["prefix part must be non-empty"]
        : Subdomain(prefix, "bytes").Select(problem => "prefix part " + problem);

    private static IEnumerable<string> QualifiedName(string name)
    {
        if (name.Length == 0)
        {
            yield return "name part must be non-empty";
        }
        else if (name.Length > 63)
        {
            yield return "name part must be no more than 63 bytes";
        }

        if (!QualifiedPattern().IsMatch(name))
        {
            yield return $"name part {QualifiedDetail}";
        }
    }

    [GeneratedRegex("^" + LabelFormat + @"\z")]
    private static partial Regex LabelPattern();

    [GeneratedRegex("^" + SubdomainFormat + @"\z")]
    private static partial Regex SubdomainPattern();

    [GeneratedRegex(@"^[a-z]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex Dns1035Pattern();

    [GeneratedRegex("^" + QualifiedFormat + @"\z")]
    private static partial Regex QualifiedPattern();

    [GeneratedRegex(@"^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?\z")]
    private static partial Regex LabelValuePattern();

    [GeneratedRegex(@"^[-._a-zA-Z0-9]+\z")]
    private static partial Regex ConfigKeyPattern();

    [GeneratedRegex(@"^[-A-Za-z0-9]+\z")]
    private static partial Regex HeaderPattern();

    [GeneratedRegex(@"^[0-9]+%\z")]
    private static partial Regex PercentPattern();
}
