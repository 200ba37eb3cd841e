using System.Globalization;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;

namespace AspireK8sDeployer.EmbeddedCluster.Tables;

/// <summary>Texts that the cells of several kinds have in common.</summary>
internal static class Cell
{
    public const string None = "<none>";
    public const string Unset = "<unset>";
    public const string Unknown = "<unknown>";

    /// <summary>The value at a path of fields; null when any of them is missing.</summary>
    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var field in path)
        {
            node = (node as JsonObject)?[field];
        }

        return node;
    }

    public static string Text(this JsonNode? node, params ReadOnlySpan<string> path) =>
        At(node, path) is JsonValue value ? value.ToString() : "";

    public static long Number(this JsonNode? node, params ReadOnlySpan<string> path) =>
        At(node, path) is JsonValue value && value.TryGetValue(out long number) ? number : 0;

    public static IEnumerable<JsonObject> Objects(this JsonNode? node, params ReadOnlySpan<string> path) =>
        At(node, path) is JsonArray array ? array.OfType<JsonObject>() : [];

    public static IReadOnlyList<string> Strings(this JsonNode? node, params ReadOnlySpan<string> path) =>
        At(node, path) is JsonArray array ? [.. array.Select(item => item?.ToString() ?? "")] : [];

    public static string OrNone(string text) => text.Length == 0 ? None : text;

    public static string Age(JsonObject obj, DateTimeOffset now) => Since(obj.MetadataOf().Text("creationTimestamp"), now);

    public static string Since(string timestamp, DateTimeOffset now) =>
        Metadata.ParseTimestamp(timestamp) is { } then ? Duration(now - then) : Unknown;

    /// <summary>Two units at most, as kubectl shows ages: 45s, 3m12s, 5h, 2d3h, 400d.</summary>
    public static string Duration(TimeSpan span)
    {
        var seconds = (long)span.TotalSeconds;
        if (seconds < -1)
        {
            return "<invalid>";
        }

        if (seconds < 0)
        {
            return "0s";
        }

        if (seconds < 120)
        {
            return $"{seconds}s";
        }

        var minutes = seconds / 60;
        if (minutes < 10)
        {
            return Two(minutes, "m", seconds % 60, "s");
        }

        if (minutes < 60 * 3)
        {
            return $"{minutes}m";
        }

        var hours = minutes / 60;
        if (hours < 8)
        {
            return Two(hours, "h", minutes % 60, "m");
        }

        if (hours < 48)
        {
            return $"{hours}h";
        }

        var days = hours / 24;
        if (hours < 24 * 8)
        {
            return Two(days, "d", hours % 24, "h");
        }

        return days < 365 * 2 ? $"{days}d" : days < 365 * 8 ? Two(days / 365, "y", days % 365, "d") : $"{days / 365}y";
    }

    /// <summary><c>a=1,b=2</c>, ordered by key.</summary>
    public static string Labels(JsonNode? labels) => labels is JsonObject { Count: > 0 } map
        ? string.Join(',', map.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"))
        : None;

    /// <summary>A label selector as one line.</summary>
    public static string Selector(JsonNode? selector)
    {
        var parts = new List<(string Key, string Text)>();
        if (selector.At("matchLabels") is JsonObject labels)
        {
            parts.AddRange(labels.Select(pair => (pair.Key, $"{pair.Key}={pair.Value}")));
        }

        foreach (var expression in selector.Objects("matchExpressions"))
        {
            var key = expression.Text("key");
            var values = string.Join(',', expression.Strings("values").Order(StringComparer.Ordinal));
            parts.Add((key, expression.Text("operator") switch
            {
                "In" => $"{key} in ({values})",
                "NotIn" => $"{key} notin ({values})",
                "Exists" => key,
                _ => $"!{key}",
            }));
        }

        return parts.Count == 0 ? None : string.Join(',', parts.OrderBy(part => part.Key, StringComparer.Ordinal).Select(part => part.Text));
    }

    public static string Containers(JsonNode? podSpec) => string.Join(',', podSpec.Objects("containers").Select(c => c.Text("name")));

    public static string Images(JsonNode? podSpec) => string.Join(',', podSpec.Objects("containers").Select(c => c.Text("image")));

    public static string Numeral(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Two(long large, string largeUnit, long small, string smallUnit) =>
        small == 0 ? $"{large}{largeUnit}" : $"{large}{largeUnit}{small}{smallUnit}";
}
