namespace AspireK8sDeployer.Engine.Plan;

/// <summary>One field that changes. Values that may be secret are masked.</summary>
/// <param name="Path">The path, for example <c>spec.template.spec.containers[name=greeter].image</c>.</param>
/// <param name="Before">The present value; null when there is none.</param>
/// <param name="After">The value to come; null when the field goes.</param>
public sealed record FieldChange(string Path, string? Before, string? After)
{
    /// <summary>Who keeps the present value, when that is not us.</summary>
    public FieldOwner? Owner { get; init; }

    /// <summary>For example <c>spec.replicas: 1 -> 3</c>.</summary>
    public override string ToString() => $"{Path}: {Before ?? "(none)"} -> {After ?? "(none)"}{(Owner is null ? "" : $" ({Owner})")}";
}
