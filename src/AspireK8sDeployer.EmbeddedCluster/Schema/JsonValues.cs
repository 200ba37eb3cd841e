using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AspireK8sDeployer.EmbeddedCluster.Schema;

/// <summary>Compares JSON by value: <c>1</c> is <c>1.0</c>, and the order of keys says nothing.</summary>
internal static class JsonValues
{
    /// <summary>Writes text as it is, without escapes for the sake of web pages.</summary>
    public static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static bool Same(JsonNode? left, JsonNode? right)
    {
        if (ReferenceEquals(left, right))
        {
            return true;
        }

        return (left, right) switch
        {
            (JsonObject a, JsonObject b) => SameObjects(a, b),
            (JsonArray a, JsonArray b) => SameArrays(a, b),
            (JsonValue a, JsonValue b) => SameScalars(a, b),
            _ => false,
        };
    }

    private static bool SameObjects(JsonObject left, JsonObject right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        foreach (var (name, value) in left)
        {
            if (!right.TryGetPropertyValue(name, out var other) || !Same(value, other))
            {
                return false;
            }
        }

        return true;
    }

    private static bool SameArrays(JsonArray left, JsonArray right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        for (var i = 0; i < left.Count; i++)
        {
            if (!Same(left[i], right[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool SameScalars(JsonValue left, JsonValue right)
    {
        if (left.TryGetValue(out string? text))
        {
            return right.TryGetValue(out string? other) && text == other;
        }

        if (left.TryGetValue(out long whole) && right.TryGetValue(out long otherWhole))
        {
            return whole == otherWhole;
        }

        var kind = left.GetValueKind();
        return kind == right.GetValueKind()
            && (kind != JsonValueKind.Number || ToDouble(left).Equals(ToDouble(right)));
    }

    private static double ToDouble(JsonValue number) => double.Parse(number.ToJsonString(), CultureInfo.InvariantCulture);
}
