namespace AspireK8sDeployer.Engine.Plan;

/// <summary>Says which fields others keep, and how to settle it.</summary>
internal static class ConflictError
{
    public const string Code = "K8SD222";

    /// <param name="id">The object.</param>
    /// <param name="fields">The fields that others keep.</param>
    public static PlanBlocker Of(ObjectId id, IReadOnlyList<FieldChange> fields)
    {
        var target = $"{id.Kind.ToLowerInvariant()}/{id.Name} -n {id.Namespace}";
        var isDrift = fields.All(field => field.Owner?.Claim == FieldClaim.Drift);
        var back = fields switch
        {
            [{ Path: "spec.replicas", After: { } replicas }] => $"set it back with 'kubectl scale {target} --replicas={replicas}', or take that number into .WithResources(minReplicas: …, maxReplicas: …)",
            _ => $"set them back with 'kubectl edit {target}', or take their values into the AppHost",
        };
        return new PlanBlocker(
            id, Code,
            $"{id} was changed by somebody else: {string.Join("; ", fields.Select(ToText).Distinct())}",
            isDrift ? $"{back}; or let the deploy overwrite them with .WithTakeOver()" : $"let go of the fields there, or take their values into the AppHost: a manager that writes them again would undo the deploy")
        {
            Reason = "CONFLICT",
        };
    }

    // The present value is what they made of it; the one to come is ours.
    private static string ToText(FieldChange field) =>
        field.Before is null && field.After is null
            ? $"{field.Path} ({field.Owner})"
            : $"{field.Path} is {field.Before ?? "gone"}, not {field.After ?? "absent"} ({field.Owner})";
}
