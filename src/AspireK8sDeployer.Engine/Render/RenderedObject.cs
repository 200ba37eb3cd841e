using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>One object as it is applied.</summary>
public sealed class RenderedObject
{
    internal RenderedObject(ObjectId id, JsonObject body)
    {
        Id = id;
        Body = body;
    }

    /// <summary>Kind, namespace and name.</summary>
    public ObjectId Id { get; }

    /// <summary>Where the user gave it, for messages; null for what is made of the settings.</summary>
    internal string? Source { get; init; }

    /// <summary>The body as sent; whoever changes it clones it first.</summary>
    internal JsonObject Body { get; }

    /// <summary>The object as YAML, the same bytes for the same settings; a Secret's values are placeholders.</summary>
    public string ToYaml() => YamlWriter.Write(Body);

    /// <inheritdoc/>
    public override string ToString() => Id.ToString();
}
