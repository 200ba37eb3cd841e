using System.Text.Json.Nodes;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Golden;

/// <summary>Compares answers by the rules of the recordings: everything exactly, but for the order of what has none.</summary>
internal sealed class Comparison(Placeholders placeholders)
{
    private static readonly string[] Unordered = ["managedFields", "resourceRules", "nonResourceRules"];

    private readonly List<string> _differences = [];

    public static IReadOnlyList<string> Compare(Placeholders placeholders, JsonNode? expected, JsonNode? actual, string path = "")
    {
        var comparison = new Comparison(placeholders);
        comparison.Node(path, expected, actual);
        return comparison._differences;
    }

    private void Node(string path, JsonNode? expected, JsonNode? actual)
    {
        switch (expected)
        {
            case JsonObject expectedObject when actual is JsonObject actualObject:
                Object(path, expectedObject, actualObject);
                break;
            case JsonArray expectedArray when actual is JsonArray actualArray:
                Array(path, expectedArray, actualArray);
                break;
            case JsonValue expectedValue when actual is JsonValue actualValue:
                if (!Same(expectedValue, actualValue))
                {
                    Differ(path, expected, actual);
                }

                break;
            case null when actual is null:
                break;
            default:
                Differ(path, expected, actual);
                break;
        }
    }

    private bool Same(JsonValue expected, JsonValue actual)
    {
        if (expected.TryGetValue(out string? text))
        {
            // Placeholders stand for numbers too.
            return placeholders.Matches(text, actual.TryGetValue(out string? value) ? value : actual.ToJsonString());
        }

        return JsonNode.DeepEquals(expected, actual);
    }

    private void Object(string path, JsonObject expected, JsonObject actual)
    {
        // Names before anything else: what else is bound then means the right thing.
        foreach (var (name, value) in expected.OrderBy(pair => pair.Key is "metadata" or "name" ? 0 : 1))
        {
            var filled = placeholders.Fill(name);
            var found = actual.ContainsKey(filled) ? filled : actual.Select(pair => pair.Key).FirstOrDefault(key => placeholders.Matches(name, key));
            if (found is null)
            {
                Differ($"{path}.{name}", value, null, missing: true);
            }
            else
            {
                Node($"{path}.{name}", value, actual[found]);
            }
        }

        foreach (var (name, value) in actual.Where(pair => !expected.Any(e => placeholders.Matches(e.Key, pair.Key))))
        {
            _differences.Add($"{path}.{name}: not expected, but {Shown(value)}");
        }
    }

    private void Array(string path, JsonArray expected, JsonArray actual)
    {
        if (expected.Count != actual.Count)
        {
            _differences.Add($"{path}: expected {expected.Count} items, but {actual.Count}: {Shown(expected)} | {Shown(actual)}");
            return;
        }

        IEnumerable<JsonNode?> wanted = expected;
        IEnumerable<JsonNode?> given = actual;
        if (Unordered.Any(name => path.EndsWith("." + name, StringComparison.Ordinal)))
        {
            (wanted, given) = (expected.OrderBy(Key, StringComparer.Ordinal), actual.OrderBy(Key, StringComparer.Ordinal));
        }

        foreach (var (item, i) in wanted.Zip(given).Select((pair, i) => (pair, i)))
        {
            Node($"{path}[{i}]", item.First, item.Second);
        }
    }

    private static string Key(JsonNode? item) => item is JsonObject { } obj && obj.ContainsKey("manager")
        ? $"{obj["manager"]} {obj["operation"]} {obj["apiVersion"]} {obj["subresource"]}"
        : item?.ToJsonString() ?? "";

    private void Differ(string path, JsonNode? expected, JsonNode? actual, bool missing = false) =>
        _differences.Add($"{path}: expected {Shown(expected)}, but {(missing ? "missing" : Shown(actual))}");

    private static string Shown(JsonNode? node)
    {
        var text = node?.ToJsonString(new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) ?? "null";
        return text.Length > 700 ? text[..700] + "…" : text;
    }
}
