using System.Text.RegularExpressions;

namespace AspireK8sDeployer.EmbeddedCluster.Selectors;

/// <summary>What a label key and a label value may be; null when all is well, else the server's words.</summary>
internal static partial class LabelSyntax
{
    private const string NamePattern = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private const string NameRule = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric "
        + "character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '" + NamePattern + "')";

    private const string PrefixPattern = "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";
    private const string PrefixRule = "prefix part a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', "
        + "and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '" + PrefixPattern + "')";

    public static string? CheckKey(string key)
    {
        var parts = key.Split('/');
        var name = parts[^1];
        var problems = new List<string>();
        if (parts.Length > 2)
        {
            return $"a valid label key {NameRule} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";
        }

        if (parts.Length == 2)
        {
            if (parts[0].Length == 0)
            {
                problems.Add("prefix part must be non-empty");
            }
            else if (parts[0].Length > 253)
            {
                problems.Add("prefix part must be no more than 253 bytes");
            }
            else if (!Prefix().IsMatch(parts[0]))
            {
                problems.Add(PrefixRule);
            }
        }

        if (name.Length == 0)
        {
            problems.Add("name part must be non-empty");
        }
        else if (name.Length > 63)
        {
            problems.Add("name part must be no more than 63 bytes");
        }

        if (!Name().IsMatch(name))
        {
            problems.Add($"name part {NameRule}");
        }

        return problems.Count == 0 ? null : string.Join("; ", problems);
    }

    public static string? CheckValue(string value)
    {
        var problems = new List<string>();
        if (value.Length > 63)
        {
            problems.Add("must be no more than 63 bytes");
        }

        if (value.Length > 0 && !Name().IsMatch(value))
        {
            problems.Add($"a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and "
                + "end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is "
                + "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')");
        }

        return problems.Count == 0 ? null : string.Join("; ", problems);
    }

    [GeneratedRegex("^" + NamePattern + "\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex("^" + PrefixPattern + "\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Prefix();
}
