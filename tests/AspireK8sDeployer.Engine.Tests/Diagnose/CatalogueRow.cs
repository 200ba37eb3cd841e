using AspireK8sDeployer.Engine.Diagnose;

namespace AspireK8sDeployer.Engine.Tests.Diagnose;

/// <summary>One cause of the failure catalogue, and how we come to know of it.</summary>
/// <param name="Code">Its name.</param>
/// <param name="How">Where it is staged, told, or why nobody can know it.</param>
internal sealed record CatalogueRow(string Code, string How)
{
    /// <summary>What is said in a staged state.</summary>
    public Func<IReadOnlyList<Diagnosis>>? Stage { get; init; }

    /// <summary>Whether a recorded rollout shows it.</summary>
    public bool IsRecorded { get; init; }

    /// <summary>The source that tells of it, where that is not the wait.</summary>
    public string? Source { get; init; }
}
