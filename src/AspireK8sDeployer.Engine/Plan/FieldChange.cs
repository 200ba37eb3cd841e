namespace AspireK8sDeployer.Engine.Plan;

/// <summary>One field that changes. Values of Secrets are masked.</summary>
/// <param name="Path">The path, for example <c>spec.template.spec.containers[name=greeter].image</c>.</param>
/// <param name="Before">The present value; null when there is none.</param>
/// <param name="After">The value to come; null when the field goes.</param>
public sealed record FieldChange(string Path, string? Before, string? After)
{
    /// <summary>For example <c>spec.replicas: 1 -> 3</c>.</summary>
    public override string ToString() => $"{Path}: {Before ?? "(none)"} -> {After ?? "(none)"}";
}
