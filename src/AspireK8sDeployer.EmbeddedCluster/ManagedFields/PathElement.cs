using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.ManagedFields;

/// <summary>
/// The steps of a path, in the form in which <c>fieldsV1</c> has them: <c>f:name</c>, <c>k:{"name":"app"}</c>, <c>v:"text"</c>.
/// </summary>
internal static class PathElement
{
    public static string Field(string name) => "f:" + name;

    /// <summary>The name of a field step; null for any other.</summary>
    public static string? FieldName(string element) => element.StartsWith("f:", StringComparison.Ordinal) ? element[2..] : null;

    public static bool IsKey(string element) => element.StartsWith("k:", StringComparison.Ordinal);

    /// <summary>The step to an element of a list.</summary>
    /// <exception cref="TypedException">The element cannot be told apart.</exception>
    public static string Item(ListType list, JsonNode? item) => list.Sharing == ListSharing.Set ? Value(item) : Key(list, item);

    /// <summary>How messages write a step: <c>.name</c>, <c>[name="app"]</c>, <c>[="text"]</c>.</summary>
    public static string Display(string element)
    {
        if (FieldName(element) is { } name)
        {
            return "." + name;
        }

        if (!IsKey(element))
        {
            return element[0] == 'v' ? $"[={element[2..]}]" : $"[{element[2..]}]";
        }

        var key = (JsonObject)JsonNode.Parse(element[2..])!;
        return $"[{string.Join(',', key.Select(part => $"{part.Key}={Text(part.Value)}"))}]";
    }

    private static string Value(JsonNode? item) => item switch
    {
        JsonObject => throw new TypedException("associative list without keys has an element that's a map type"),
        JsonArray => throw new TypedException("not supported: associative list with lists as elements"),
        null => throw new TypedException("associative list without keys has an element that's an explicit null"),
        _ => "v:" + Text(item),
    };

    private static string Key(ListType list, JsonNode? item)
    {
        if (item is null)
        {
            throw new TypedException("associative list with keys may not have a null element");
        }

        if (item is not JsonObject obj)
        {
            throw new TypedException("associative list with keys may not have non-map elements");
        }

        // The common case, one key that is a text, needs no writer.
        if (list.Keys is [var only] && obj[only.Name].AsText() is { } text && !text.AsSpan().ContainsAny('"', '\\'))
        {
            return $"k:{{\"{only.Name}\":\"{text}\"}}";
        }

        var key = new List<string>();
        foreach (var part in list.Keys)
        {
            if (obj.TryGetPropertyValue(part.Name, out var value))
            {
                key.Add($"\"{part.Name}\":{Text(value)}");
            }
            else if (part.Default is { } standard)
            {
                key.Add($"\"{part.Name}\":{standard}");
            }
        }

        if (key.Count == 0)
        {
            var names = string.Join(' ', list.Keys.Select(part => $"\"{part.Name}\""));
            throw new TypedException(
                $"associative list with keys has an element that omits all key fields [{names}] (and doesn't have default values for any key fields)");
        }

        return $"k:{{{string.Join(',', key)}}}";
    }

    private static string Text(JsonNode? value) => value?.ToJsonString(JsonValues.Plain) ?? "null";
}
