using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Apply;

/// <summary>What keeps a namespace from ending, in the words of its conditions.</summary>
internal static class NamespaceHolders
{
    public static string Of(JsonObject @namespace)
    {
        var held = (@namespace["status"]?["conditions"] as JsonArray ?? [])
            .OfType<JsonObject>()
            .Where(condition => (string?)condition["status"] == "True")
            .Select(condition => (string?)condition["message"])
            .OfType<string>()
            .ToList();
        return held.Count == 0 ? "the cluster does not say what holds it" : string.Join("; ", held);
    }
}
