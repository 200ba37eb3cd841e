using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Diagnose;

namespace AspireK8sDeployer.Engine.Apply;

/// <summary>What keeps a namespace from ending, in the words of its conditions.</summary>
internal static class NamespaceHolders
{
    public static string Of(JsonObject @namespace)
    {
        var held = Conditions.Messages(@namespace);
        return held.Count == 0 ? "the cluster does not say what holds it" : string.Join("; ", held);
    }
}
