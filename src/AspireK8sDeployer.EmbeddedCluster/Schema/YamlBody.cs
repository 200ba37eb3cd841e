using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AspireK8sDeployer.EmbeddedCluster.Schema;

/// <summary>Turns a YAML body into JSON, as the server does before it reads one.</summary>
internal static partial class YamlBody
{
    /// <summary>The body as JSON; as it is when it is JSON already, which is also YAML.</summary>
    /// <exception cref="DecodeException">The text is not YAML.</exception>
    public static byte[] ToJson(ReadOnlySpan<byte> yaml)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(Encoding.UTF8.GetString(yaml)));
            var root = stream.Documents.Count == 0 ? null : Node(stream.Documents[0].RootNode);
            return Encoding.UTF8.GetBytes(root?.ToJsonString() ?? "null");
        }
        catch (YamlException problem)
        {
            throw new DecodeException($"error converting YAML to JSON: yaml: {Place(problem)}{Reason(problem)}");
        }
    }

    /// <summary>The server counts lines from 0, one more for an unfinished token, and leaves out line 0.</summary>
    private static string Place(YamlException problem)
    {
        var line = problem.Start.Line - 1;
        var inToken = problem.Message.StartsWith("While scanning", StringComparison.Ordinal);
        return line == 0 ? "" : $"line {(inToken ? line + 1 : line).ToString(CultureInfo.InvariantCulture)}: ";
    }

    private static string Reason(YamlException problem)
    {
        // "While parsing a flow sequence, did not find expected ',' or ']'." is the server's text with more around it.
        var text = problem.Message.TrimEnd('.');
        var comma = text.IndexOf(", ", StringComparison.Ordinal);
        return text.StartsWith("While ", StringComparison.Ordinal) && comma > 0 ? text[(comma + 2)..] : text;
    }

    private static JsonNode? Node(YamlNode node) => node switch
    {
        YamlMappingNode mapping => Mapping(mapping),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(Node)]),
        YamlScalarNode scalar => Scalar(scalar),
        _ => null,
    };

    private static JsonObject Mapping(YamlMappingNode mapping)
    {
        var result = new JsonObject();
        foreach (var (key, value) in mapping.Children)
        {
            result[key is YamlScalarNode name ? name.Value ?? "" : key.ToString()] = Node(value);
        }

        return result;
    }

    private static JsonValue? Scalar(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        if (scalar.Style != ScalarStyle.Plain || scalar.Tag == "tag:yaml.org,2002:str")
        {
            return JsonValue.Create(text);
        }

        if (text is "" or "~" or "null" or "Null" or "NULL")
        {
            return null;
        }

        // YAML 1.1, as the server reads it: yes and on are true.
        if (text is "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" or "y" or "Y")
        {
            return JsonValue.Create(true);
        }

        if (text is "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF" or "n" or "N")
        {
            return JsonValue.Create(false);
        }

        if (Integer().IsMatch(text) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            return JsonValue.Create(whole);
        }

        if (Octal().Match(text) is { Success: true } octal)
        {
            return JsonValue.Create(Convert.ToInt64(octal.Groups[1].Value, 8));
        }

        if (text.StartsWith("0x", StringComparison.Ordinal)
            && long.TryParse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var hex))
        {
            return JsonValue.Create(hex);
        }

        return Real().IsMatch(text) && double.TryParse(text, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real)
            ? JsonValue.Create(real)
            : JsonValue.Create(text);
    }

    [GeneratedRegex(@"^[-+]?(0|[1-9][0-9]*)\z")]
    private static partial Regex Integer();

    [GeneratedRegex(@"^0o?([0-7]+)\z")]
    private static partial Regex Octal();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z")]
    private static partial Regex Real();
}
