using System.Text.Json.Nodes;

namespace AspireK8sDeployer.EmbeddedCluster.Resources;

/// <summary>One kind that the server knows: a row of <see cref="ResourceTable"/>.</summary>
internal sealed record ResourceDefinition
{
    /// <summary>What every ordinary resource can do.</summary>
    public static readonly IReadOnlyList<string> AllVerbs =
        ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

    /// <summary>The API group; empty for the core group.</summary>
    public required string Group { get; init; }

    public required string Version { get; init; }

    public required string Kind { get; init; }

    public required string Plural { get; init; }

    public required string Singular { get; init; }

    public bool Namespaced { get; init; } = true;

    public IReadOnlyList<string> ShortNames { get; init; } = [];

    public IReadOnlyList<string> Categories { get; init; } = [];

    public IReadOnlyList<string> Verbs { get; init; } = AllVerbs;

    public IReadOnlyList<Subresource> Subresources { get; init; } = [];

    /// <summary>The kind of a list of these; <c>{Kind}List</c> unless a custom resource names it otherwise.</summary>
    public required string ListKind { get; init; }

    public ResourceTraits Traits { get; init; }

    /// <summary>The type of <c>k8s.Models</c> that describes the kind; null for a custom resource.</summary>
    public Type? Model { get; init; }

    /// <summary>For a custom resource, the <c>spec.versions[]</c> entry of its definition (schema, columns, subresources); else null.</summary>
    public JsonObject? CustomVersion { get; init; }

    /// <summary>
    /// The version in which objects are stored when that is another row: <c>autoscaling/v1</c> shows the objects of <c>autoscaling/v2</c>.
    /// Null when the row stores its own.
    /// </summary>
    public ResourceDefinition? StoredAs { get; init; }

    /// <summary><c>apps/v1</c>, or <c>v1</c> in the core group.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary><c>deployments.apps</c>, or <c>pods</c> in the core group: how messages name a resource.</summary>
    public string GroupResource => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    /// <summary><c>Deployment.apps</c>, or <c>Pod</c> in the core group: how validation messages name a kind.</summary>
    public string GroupKind => Group.Length == 0 ? Kind : $"{Kind}.{Group}";

    /// <summary>True when a status of its own is kept apart from the rest of the object.</summary>
    public bool HasStatus => Subresources.Any(s => s.Name == "status");

    /// <summary>The row whose objects are in the store: this one, unless <see cref="StoredAs"/> says otherwise.</summary>
    public ResourceDefinition Storage => StoredAs ?? this;

    public Subresource? FindSubresource(string name) => Subresources.FirstOrDefault(s => s.Name == name);

    /// <summary>Rows are one per group, version and plural, so that identity is enough.</summary>
    public bool Equals(ResourceDefinition? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => HashCode.Combine(Group, Version, Plural);

    public override string ToString() => $"{ApiVersion} {Plural}";
}
