using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>The values of an <see cref="Expression"/>: texts, numbers as double, flags, null, and lists and maps as JSON.</summary>
internal static class ExpressionValues
{
    public static object? Method(object? target, string name, List<object?> arguments) => (target, name, arguments) switch
    {
        (Missing, _, _) => Missing.Value,
        (string text, "size", []) => new StringInfo(text).LengthInTextElements * 1.0,
        (JsonArray list, "size", []) => list.Count * 1.0,
        (JsonObject map, "size", []) => map.Count * 1.0,
        (string text, "startsWith", [string part]) => text.StartsWith(part, StringComparison.Ordinal),
        (string text, "endsWith", [string part]) => text.EndsWith(part, StringComparison.Ordinal),
        (string text, "contains", [string part]) => text.Contains(part, StringComparison.Ordinal),
        (string text, "matches", [string pattern]) => Regex.IsMatch(text, pattern, RegexOptions.ECMAScript, TimeSpan.FromSeconds(1)),
        _ => throw new NotSupportedException(name),
    };

    public static object Compare(string operation, object? left, object? right) => (operation, left, right) switch
    {
        ("==", _, _) => AreEqual(left, right),
        ("!=", _, _) => !AreEqual(left, right),
        ("in", _, JsonArray list) => list.Any(item => AreEqual(left, Of(item))),
        ("in", string name, JsonObject map) => map.ContainsKey(name),
        (_, double a, double b) => Holds(operation, a.CompareTo(b)),
        (_, string a, string b) => Holds(operation, string.CompareOrdinal(a, b)),
        _ => throw new NotSupportedException(operation),
    };

    private static bool Holds(string operation, int order) => operation switch
    {
        "<" => order < 0,
        "<=" => order <= 0,
        ">" => order > 0,
        _ => order >= 0,
    };

    private static bool AreEqual(object? left, object? right) => left is JsonNode a && right is JsonNode b ? JsonValues.Same(a, b) : Equals(left, right);

    public static object? FieldOf(object? target, string name) => target switch
    {
        Missing => Missing.Value,
        JsonObject obj => obj.TryGetPropertyValue(name, out var value) && value is not null ? Of(value) : Missing.Value,
        _ => throw new NotSupportedException(name),
    };

    public static object? ItemOf(object? target, object? index) => (target, index) switch
    {
        (Missing, _) or (_, Missing) => Missing.Value,
        (JsonArray list, double place) => place >= 0 && place < list.Count ? Of(list[(int)place]) : Missing.Value,
        _ => throw new NotSupportedException("[]"),
    };

    public static object? Of(JsonNode? node) => node switch
    {
        JsonValue value => value.GetValueKind() switch
        {
            JsonValueKind.String => value.AsText(),
            JsonValueKind.Number => double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture),
            _ => value.AsFlag(),
        },
        _ => (object?)node,
    };

    public static bool Truth(object? value) => Known(value) is bool flag ? flag : throw new NotSupportedException("a condition");

    public static object? Known(object? value) => value is Missing ? throw new NotSupportedException("a field that is not there") : value;

    /// <summary>A field that is not there: an error, unless nothing depends on it.</summary>
    public sealed class Missing
    {
        public static readonly Missing Value = new();
    }
}
