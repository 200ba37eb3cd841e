using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Golden;

/// <summary>
/// What the placeholders of a scenario stand for. The first value met is remembered; from then on the placeholder means that
/// value and no other placeholder of its kind does.
/// </summary>
internal sealed partial class Placeholders(string ns)
{
    private Dictionary<string, string> _values = [];

    /// <summary>A copy to try an answer on.</summary>
    public Placeholders Copy() => new(ns) { _values = new(_values) };

    /// <summary>Takes over what the copy has learnt.</summary>
    public void Take(Placeholders copy) => _values = copy._values;

    /// <summary>A text of the recording as it is to be sent.</summary>
    public string Fill(string text) => Repeated().Replace(
        Pattern().Replace(
            text.Replace("{ns}", ns, StringComparison.Ordinal),
            match => _values.GetValueOrDefault(match.Value, match.Value)),
        match => new string('x', int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)));

    /// <summary>True when an actual text is what the recording says; binds placeholders that are met first here.</summary>
    public bool Matches(string expected, string actual)
    {
        expected = expected.Replace("{ns}", ns, StringComparison.Ordinal);
        if (expected == actual)
        {
            return true;
        }

        if (!expected.Contains('<', StringComparison.Ordinal))
        {
            return false;
        }

        var pattern = new StringBuilder("^");
        var unbound = new List<string>();
        var position = 0;
        foreach (Match match in Pattern().Matches(expected))
        {
            pattern.Append(Regex.Escape(expected[position..match.Index]));
            position = match.Index + match.Length;
            if (_values.TryGetValue(match.Value, out var value))
            {
                pattern.Append(Regex.Escape(value));
            }
            else if (unbound.IndexOf(match.Value) is >= 0 and var known)
            {
                pattern.Append($"\\{known + 1}");
            }
            else if (match.Groups[2].Success)
            {
                unbound.Add(match.Value);
                pattern.Append($"({Shape(match.Groups[1].Value)})");
            }
            else
            {
                pattern.Append($"(?:{Shape(match.Groups[1].Value)})");
            }
        }

        pattern.Append(Regex.Escape(expected[position..])).Append("\\z");
        var found = Regex.Match(actual, pattern.ToString(), RegexOptions.Singleline);
        return found.Success && unbound.Select((name, i) => Bind(name, found.Groups[i + 1].Value)).All(bound => bound);
    }

    // Versions of lists are absolute: two lists may or may not see the same one.
    private bool Bind(string name, string value)
    {
        if (name.StartsWith("<listrv", StringComparison.Ordinal))
        {
            return true;
        }

        // A page's token is made of its version and place: on a quiet server the same page has the same one.
        if (name.StartsWith("<continue", StringComparison.Ordinal))
        {
            _values[name] = value;
            return true;
        }

        var kind = name[..name.IndexOf(':', StringComparison.Ordinal)];
        if (_values.Any(pair => pair.Value == value && pair.Key.StartsWith(kind + ":", StringComparison.Ordinal)))
        {
            return false;
        }

        _values[name] = value;
        return true;
    }

    private static string Shape(string kind) => kind switch
    {
        "uid" => "[0-9a-f-]{36}",
        "rv" or "listrv" or "nodePort" => "[0-9]+",
        "rand" => "[a-z0-9]{5}",
        "hash" => "[a-z0-9]{5,10}",
        "clusterIP" or "podIP" or "nodeIP" => "[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+",
        "time" => "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z",
        "microtime" => "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{6}Z",
        "age" => "[0-9]+[a-z0-9]*|<unknown>",
        _ => ".*?",
    };

    // The others in angle brackets, like <none>, are what the server says.
    // A recording says how long a long text is.
    [GeneratedRegex("<x\\*([0-9]+)>")]
    private static partial Regex Repeated();

    [GeneratedRegex("<(uid|rv|listrv|nodePort|rand|hash|clusterIP|podIP|nodeIP|time|microtime|age|token|continue|any|node|containerID|imageID|openapiHash|credentialID|adminUser|replicaset|deployment)(:[0-9]+)?>")]
    private static partial Regex Pattern();
}
