using AspireK8sDeployer.EmbeddedCluster.Api;

namespace AspireK8sDeployer.EmbeddedCluster.ManagedFields;

/// <summary>An apply that would take fields from other managers without being told to.</summary>
internal sealed class FieldConflictException(IReadOnlyList<FieldConflict> conflicts) : Exception
{
    public IReadOnlyList<FieldConflict> Conflicts => conflicts;

    /// <summary>The answer: 409 with a cause for each field.</summary>
    public ApiException ToApiException()
    {
        var causes = conflicts
            .OrderBy(conflict => conflict.Field, StringComparer.Ordinal)
            .ThenBy(conflict => conflict.Manager.Display(), StringComparer.Ordinal)
            .Select(conflict => new StatusCause("FieldManagerConflict", $"conflict with {conflict.Manager.Display()}", conflict.Field))
            .ToList();
        return new ApiException(409, "Conflict", Text(), new StatusDetails(Causes: causes));
    }

    private string Text()
    {
        if (conflicts is [var only])
        {
            return $"Apply failed with 1 conflict: conflict with {only.Manager.Display()}: {only.Field}";
        }

        var managers = conflicts.GroupBy(conflict => conflict.Manager).OrderBy(group => group.Key.Name, StringComparer.Ordinal);
        var lines = managers.SelectMany(group =>
            group.Select(conflict => $"- {conflict.Field}").Prepend($"conflicts with {group.Key.Display()}:"));
        return $"Apply failed with {conflicts.Count} conflicts: {string.Join('\n', lines)}";
    }
}
