using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>
/// Reads YAML as Kubernetes' tools do: what is not quoted may be a number or a truth value, <c>0644</c> is octal, and
/// <c>&lt;&lt;</c> takes over the fields of another map.
/// </summary>
internal static partial class YamlReader
{
    // Aliases can make a small file endless.
    private const int MostNodes = 200_000;

    /// <summary>The documents; those that are empty are left out.</summary>
    /// <exception cref="FormatException">It is not YAML; the message says where.</exception>
    public static IReadOnlyList<JsonNode> Read(string text)
    {
        try
        {
            var stream = new YamlStream();
            using var reader = new StringReader(text);
            stream.Load(reader);
            var nodes = 0;
            return [.. stream.Documents.Select(document => ToJson(document.RootNode, ref nodes)).OfType<JsonNode>()];
        }
        catch (YamlException failure)
        {
            throw new FormatException($"line {failure.Start.Line}, column {failure.Start.Column}: {failure.Message}", failure);
        }
    }

    private static JsonNode? ToJson(YamlNode node, ref int nodes)
    {
        if (++nodes > MostNodes)
        {
            throw new FormatException("it is too large, or its aliases go round in circles");
        }

        switch (node)
        {
            case YamlMappingNode map:
                var members = new JsonObject();
                AddMembers(members, map, ref nodes);
                return members;
            case YamlSequenceNode list:
                var items = new JsonArray();
                foreach (var item in list)
                {
                    items.Add(ToJson(item, ref nodes));
                }

                return items;
            default:
                return Scalar((YamlScalarNode)node);
        }
    }

    private static void AddMembers(JsonObject members, YamlMappingNode map, ref int nodes)
    {
        foreach (var (key, value) in map)
        {
            if (key is not YamlScalarNode { Value: { } name })
            {
                throw new FormatException($"line {key.Start.Line}, column {key.Start.Column}: a key is not a text");
            }

            if (name == "<<" && value is YamlMappingNode or YamlSequenceNode)
            {
                TakeOver(members, value, ref nodes);
            }
            else
            {
                members[name] = ToJson(value, ref nodes);
            }
        }
    }

    private static void TakeOver(JsonObject members, YamlNode source, ref int nodes)
    {
        foreach (var map in source is YamlSequenceNode several ? several.Children.OfType<YamlMappingNode>() : [(YamlMappingNode)source])
        {
            var taken = new JsonObject();
            AddMembers(taken, map, ref nodes);
            foreach (var (name, value) in taken.Where(member => !members.ContainsKey(member.Key)).ToList())
            {
                members[name] = value?.DeepClone();
            }
        }
    }

    private static JsonValue? Scalar(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        if (scalar.Style != ScalarStyle.Plain || scalar.Tag is { IsEmpty: false, Value: "tag:yaml.org,2002:str" })
        {
            return JsonValue.Create(text);
        }

        return text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" => JsonValue.Create(true),
            "false" or "False" or "FALSE" => JsonValue.Create(false),
            _ when Octal().Match(text) is { Success: true } octal => JsonValue.Create(Convert.ToInt64(octal.Groups[1].Value, 8)),
            _ when Whole().IsMatch(text) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
            _ when Fraction().IsMatch(text) && double.TryParse(text, CultureInfo.InvariantCulture, out var fraction) => JsonValue.Create(fraction),
            _ => JsonValue.Create(text),
        };
    }

    [GeneratedRegex(@"\A0o?([0-7]{1,20})\z")]
    private static partial Regex Octal();

    [GeneratedRegex(@"\A[-+]?[0-9]+\z")]
    private static partial Regex Whole();

    [GeneratedRegex(@"\A[-+]?([0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(?=[eE]))([eE][-+]?[0-9]+)?\z")]
    private static partial Regex Fraction();
}
