using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>A Secret of the deployment.</summary>
internal static class SecretObject
{
    public static RenderedObject Render(ObjectMetadata metadata, ISecretForm form, string baseName, string type, IReadOnlyDictionary<string, string> values)
    {
        var (name, fields) = form.Form(baseName, type, values);
        var (id, body) = metadata.Begin("v1", "Secret", name);
        foreach (var (key, value) in fields)
        {
            body[key] = value?.DeepClone();
        }

        return new RenderedObject(id, body);
    }

    public static bool Is(JsonObject body) => (string?)body["kind"] == "Secret" && (string?)body["apiVersion"] == "v1";
}
