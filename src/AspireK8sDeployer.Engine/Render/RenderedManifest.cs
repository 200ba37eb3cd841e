using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>All objects of a deployment, in the order in which they are applied.</summary>
/// <param name="Objects">The objects.</param>
public sealed record RenderedManifest(IReadOnlyList<RenderedObject> Objects)
{
    /// <summary>The specification of the pods.</summary>
    internal JsonObject Pod => (JsonObject)Objects.First(item => item.Id is { Kind: "Deployment", ApiVersion: "apps/v1" }).Body["spec"]!["template"]!["spec"]!;

    /// <summary>Where the user gave an object, such as a file's path; null when it is made of the settings.</summary>
    internal string? SourceOf(ObjectId id) => Objects.FirstOrDefault(item => item.Id == id)?.Source;

    /// <summary>All objects as one YAML stream; the values of Secrets are placeholders.</summary>
    public string ToYaml() => string.Join("---\n", Objects.Select(item => item.ToYaml()));
}
