using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>How Secrets are named and filled.</summary>
internal interface ISecretForm
{
    /// <summary>The name of a Secret with these values, and the fields that hold them.</summary>
    (string Name, JsonObject Fields) Form(string baseName, string type, IReadOnlyDictionary<string, string> values);

    /// <summary>The fields that hold the values of a Secret whose name stays, so that they can change.</summary>
    JsonObject Mutable(string type, IReadOnlyDictionary<string, string> values);
}
