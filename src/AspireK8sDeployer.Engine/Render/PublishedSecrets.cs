using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>Secrets for publishing: the keys, and a placeholder where each value goes.</summary>
internal sealed class PublishedSecrets : ISecretForm
{
    public const string Placeholder = "REPLACE_ME";

    public (string Name, JsonObject Fields) Form(string baseName, string type, IReadOnlyDictionary<string, string> values)
    {
        var fields = Mutable(type, values);
        fields.Insert(1, "immutable", true);
        return (baseName, fields);
    }

    public JsonObject Mutable(string type, IReadOnlyDictionary<string, string> values) => new()
    {
        ["type"] = type,
        ["stringData"] = new JsonObject(values.Keys.Order(StringComparer.Ordinal).Select(key => KeyValuePair.Create(key, (JsonNode?)Placeholder))),
    };
}
