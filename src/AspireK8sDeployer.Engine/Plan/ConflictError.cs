namespace AspireK8sDeployer.Engine.Plan;

/// <summary>Says which fields others keep, and how to settle it.</summary>
internal static class ConflictError
{
    public static DeploymentException Of(string code, string stage, ObjectId id, IReadOnlyList<FieldConflict> conflicts)
    {
        var fix = conflicts.All(conflict => conflict.Field == ".spec.replicas")
            ? $"set it back with 'kubectl scale {id.Kind.ToLowerInvariant()}/{id.Name} -n {id.Namespace} --replicas=<the number here>', or take that number into .WithResources(minReplicas: …, maxReplicas: …)"
            : $"set them back with 'kubectl edit {id.Kind.ToLowerInvariant()}/{id.Name} -n {id.Namespace}', or take their values into the AppHost";
        return new DeploymentException(
            code, stage, $"{id} was changed by somebody else: {string.Join("; ", conflicts.Select(conflict => conflict.ToString()).Distinct())}", fix)
        {
            Reason = "CONFLICT",
        };
    }
}
