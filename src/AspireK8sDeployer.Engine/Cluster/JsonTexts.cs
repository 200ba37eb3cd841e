using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>Reads a tree that somebody else wrote: what is not as it should be is as if it were not there.</summary>
internal static class JsonTexts
{
    public static string? Text(this JsonObject tree, string name) => tree[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    public static bool IsTrue(this JsonObject tree, string name) => string.Equals(tree.Text(name), "true", StringComparison.OrdinalIgnoreCase);

    public static IEnumerable<string> Texts(this JsonObject tree, string name) =>
        (tree[name] as JsonArray ?? []).Select(item => item is JsonValue value && value.TryGetValue(out string? text) ? text : null).OfType<string>();

    public static IEnumerable<JsonObject> Objects(this JsonObject tree, string name) => (tree[name] as JsonArray ?? []).OfType<JsonObject>();
}
