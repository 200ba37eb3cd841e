using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>Writes an object as YAML, in the order of its fields; a Secret's values as placeholders.</summary>
internal static partial class YamlWriter
{
    public static string Write(JsonObject body)
    {
        var text = new StringBuilder();
        WriteFields(text, SecretObject.Is(body) ? WithoutValues(body) : body, indent: 0);
        return text.ToString();
    }

    private static JsonObject WithoutValues(JsonObject secret)
    {
        var copy = (JsonObject)secret.DeepClone();
        var values = (copy["data"] ?? copy["stringData"]) as JsonObject ?? [];
        copy.Remove("data");
        copy["stringData"] = new JsonObject(values.Select(value => KeyValuePair.Create(value.Key, (JsonNode?)PublishedSecrets.Placeholder)));
        return copy;
    }

    private static void WriteFields(StringBuilder text, JsonObject fields, int indent)
    {
        var first = true;
        foreach (var (name, value) in fields)
        {
            // The first field of a list's element stands on the line of its dash.
            if (!first || text.Length == 0 || text[^1] == '\n')
            {
                text.Append(' ', indent);
            }

            first = false;
            text.Append(Scalar(name)).Append(':');
            WriteValue(text, value, indent);
        }
    }

    private static void WriteValue(StringBuilder text, JsonNode? value, int indent)
    {
        switch (value)
        {
            case JsonObject { Count: > 0 } fields:
                text.Append('\n');
                WriteFields(text, fields, indent + 2);
                break;
            case JsonArray { Count: > 0 } items:
                text.Append('\n');
                WriteItems(text, items, indent);
                break;
            default:
                text.Append(' ').Append(Leaf(value)).Append('\n');
                break;
        }
    }

    private static void WriteItems(StringBuilder text, JsonArray items, int indent)
    {
        foreach (var item in items)
        {
            text.Append(' ', indent).Append("- ");
            if (item is JsonObject { Count: > 0 } fields)
            {
                WriteFields(text, fields, indent + 2);
            }
            else
            {
                text.Append(Leaf(item)).Append('\n');
            }
        }
    }

    private static string Leaf(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject => "{}",
        JsonArray => "[]",
        JsonValue leaf when leaf.GetValueKind() == JsonValueKind.String => Scalar((string)leaf!),
        _ => value.ToJsonString(),
    };

    // A JSON string is a YAML string; it is used wherever the plain form could be read as something else.
    private static string Scalar(string text) =>
        PlainText().IsMatch(text) && !OtherType().IsMatch(text) ? text : JsonSerializer.Serialize(text, YamlJson.Options);

    [GeneratedRegex(@"\A[A-Za-z_/][A-Za-z0-9_./@-]*(:[A-Za-z0-9_./@-]+)*\z", RegexOptions.ECMAScript)]
    private static partial Regex PlainText();

    [GeneratedRegex(@"\A(y|n|yes|no|on|off|true|false|null)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OtherType();
}
