using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>Shows a value in a plan, or that there is one when it may be secret.</summary>
/// <param name="Masking">What is known to be secret.</param>
/// <param name="Kind">The kind of the object.</param>
/// <param name="Variable">The environment variable whose value it is.</param>
internal readonly partial record struct ValueMask(Masking Masking, string? Kind, string? Variable)
{
    private const int LongestValue = 200;
    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    public static ValueMask For(JsonObject state, Masking masking) => new(masking, (string?)state["apiVersion"] == "v1" ? (string?)state["kind"] : null, null);

    /// <summary>The mask for the members of an object: those of an environment variable are judged by its name.</summary>
    public ValueMask Below(JsonObject after, JsonObject before) =>
        (after["name"] ?? before["name"]) is JsonValue name && (after.ContainsKey("value") || before.ContainsKey("value"))
            ? this with { Variable = name.ToString() }
            : this;

    public string? Show(string path, JsonNode? value)
    {
        if (value is null)
        {
            return null;
        }

        if (Kind == "Secret" && (IsBelow(path, "data") || IsBelow(path, "stringData")))
        {
            return value is JsonObject keys
                ? $"{{{string.Join(", ", OfData(keys))}}}"
                : OfData(value);
        }

        // It repeats all of the object, a Secret's values among it.
        if (path.Contains(LastApplied, StringComparison.Ordinal))
        {
            return Masking.InPlaceOf(value.ToString());
        }

        if (path.EndsWith(".value", StringComparison.Ordinal) && Variable is not null && SecretName().IsMatch(Variable))
        {
            return Masking.InPlaceOf(value.ToString());
        }

        var text = value is JsonValue leaf && leaf.GetValueKind() == JsonValueKind.String ? (string)leaf! : Masked(value)!.ToJsonString(Render.YamlJson.Options);
        text = Kind == "ConfigMap" && (IsBelow(path, "data") || IsBelow(path, "binaryData")) ? Masking.HideTokens(text) : Masking.Hide(text);
        return text.Length <= LongestValue ? text : text[..LongestValue] + "…";
    }

    private static bool IsBelow(string path, string root) => path == root || path.StartsWith($"{root}.", StringComparison.Ordinal) || path.StartsWith($"{root}[", StringComparison.Ordinal);

    private List<string> OfData(JsonObject keys)
    {
        var mask = this;
        return [.. keys.Select(item => $"{item.Key}: {(item.Value is null ? Masking.Hidden : mask.OfData(item.Value))}")];
    }

    private string OfData(JsonNode value) => value is JsonValue ? $"{Masking.Hidden} ({Size(value)} B, {Masking.Tag(value.ToString())})" : Masking.Hidden;

    // What comes or goes as a whole, a variable or a container, is shown as an object with everything in it.
    private JsonNode? Masked(JsonNode? value)
    {
        var mask = this;
        switch (value)
        {
            case JsonObject item:
                var isSecret = item["name"] is JsonValue name && SecretName().IsMatch(name.ToString());
                return new JsonObject(item.Select(member => KeyValuePair.Create(
                    member.Key,
                    member.Value is JsonValue text && ((isSecret && member.Key == "value") || member.Key == LastApplied)
                        ? JsonValue.Create(mask.Masking.InPlaceOf(text.ToString()))
                        : mask.Masked(member.Value))));
            case JsonArray items:
                return new JsonArray([.. items.Select(item => mask.Masked(item))]);
            default:
                return value?.DeepClone();
        }
    }

    private static int Size(JsonNode value)
    {
        var text = value.ToString();
        var buffer = new byte[text.Length];
        return Convert.TryFromBase64String(text, buffer, out var length) ? length : Encoding.UTF8.GetByteCount(text);
    }

    [GeneratedRegex("pass|secret|token|key|credential|dsn|conn(ection)?str", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretName();
}
