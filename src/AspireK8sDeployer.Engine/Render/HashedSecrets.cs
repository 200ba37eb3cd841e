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
        var sorted = values.OrderBy(item => item.Key, StringComparer.Ordinal).ToList();
        var fields = new JsonObject
        {
            ["type"] = type,
            ["immutable"] = true,
            ["data"] = new JsonObject(sorted.Select(item =>
                KeyValuePair.Create(item.Key, (JsonNode?)Convert.ToBase64String(Encoding.UTF8.GetBytes(item.Value))))),
        };
        return ($"{baseName}-{ContentHash.Of(salt, sorted.SelectMany(item => new[] { item.Key, item.Value }).Prepend(type))}", fields);
    }
}
