namespace AspireK8sDeployer.Engine;

/// <summary>Names one Kubernetes object.</summary>
/// <param name="ApiVersion">Group and version, for example <c>apps/v1</c>.</param>
/// <param name="Kind">The kind, for example <c>Deployment</c>.</param>
/// <param name="Namespace">The namespace; null for what belongs to none.</param>
/// <param name="Name">The name.</param>
public sealed record ObjectId(string ApiVersion, string Kind, string? Namespace, string Name)
{
    /// <summary><c>Kind/namespace/name</c>, the form used in every output.</summary>
    public override string ToString() => Namespace is null ? $"{Kind}/{Name}" : $"{Kind}/{Namespace}/{Name}";
}
