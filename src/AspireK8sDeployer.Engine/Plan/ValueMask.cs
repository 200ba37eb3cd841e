using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>Shows a value in a plan, or that there is one when it may be secret.</summary>
internal readonly partial record struct ValueMask(bool IsSecret, string? Variable)
{
    private const int LongestValue = 200;
    private const string Hidden = "•••";

    public static ValueMask For(JsonObject state) => new(Render.SecretObject.Is(state), null);

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

        if (IsSecret && (path.StartsWith("data", StringComparison.Ordinal) || path.StartsWith("stringData", StringComparison.Ordinal)))
        {
            return value is JsonValue ? $"{Hidden} ({Size(value)} B)" : Hidden;
        }

        if (path.EndsWith(".value", StringComparison.Ordinal) && Variable is not null && SecretName().IsMatch(Variable))
        {
            return Hidden;
        }

        var text = value is JsonValue leaf && leaf.GetValueKind() == JsonValueKind.String ? (string)leaf! : Masked(value).ToJsonString(Render.YamlJson.Options);
        text = UserInformation().Replace(text, "://•••@");
        return text.Length <= LongestValue ? text : text[..LongestValue] + "…";
    }

    // What comes or goes as a whole is shown as a whole, with all the variables in it: a container, a list of them.
    private static JsonNode Masked(JsonNode value)
    {
        var copy = value.DeepClone();
        Mask(copy);
        return copy;
    }

    private static void Mask(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            items.ToList().ForEach(Mask);
        }
        else if (node is JsonObject item)
        {
            if (item["name"] is JsonValue name && item["value"] is JsonValue && SecretName().IsMatch(name.ToString()))
            {
                item["value"] = Hidden;
            }

            item.Select(member => member.Value).ToList().ForEach(Mask);
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

    [GeneratedRegex("://[^/@\\s]+@")]
    private static partial Regex UserInformation();
}
