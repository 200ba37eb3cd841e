using System.Text;
using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>
/// Secrets for a cluster: immutable, and named after their content, so that a changed value is a new object, rolls the
/// pods, and leaves older ReplicaSets able to start.
/// </summary>
/// <param name="salt">Kept in the cluster: with a plain hash whoever sees the name could try values against it.</param>
internal sealed class HashedSecrets(byte[] salt) : ISecretForm
{
    public (string Name, JsonObject Fields) Form(string baseName, string type, IReadOnlyDictionary<string, string> values)
    {
        var parts = values.OrderBy(item => item.Key, StringComparer.Ordinal).SelectMany(item => new[] { item.Key, item.Value });
        var fields = Mutable(type, values);
        fields.Insert(1, "immutable", true);
        return ($"{baseName}-{ContentHash.Of(salt, parts.Prepend(type))}", fields);
    }

    public JsonObject Mutable(string type, IReadOnlyDictionary<string, string> values) => new()
    {
        ["type"] = type,
        ["data"] = new JsonObject(values.OrderBy(item => item.Key, StringComparer.Ordinal).Select(item =>
            KeyValuePair.Create(item.Key, (JsonNode?)Convert.ToBase64String(Encoding.UTF8.GetBytes(item.Value))))),
    };
}
