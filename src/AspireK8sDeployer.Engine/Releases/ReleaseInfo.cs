namespace AspireK8sDeployer.Engine.Releases;

/// <summary>One deploy of a deployment, as the cluster remembers it.</summary>
public sealed record ReleaseInfo
{
    /// <summary>Its number; every deploy that changes something has the next one.</summary>
    public required int Revision { get; init; }

    /// <summary>What became of it.</summary>
    public required ReleaseOutcome Outcome { get; init; }

    /// <summary>The image of the pipeline, with its digest when that was known.</summary>
    public required string Image { get; init; }

    /// <summary>The snapshot's version.</summary>
    public string? Version { get; init; }

    /// <summary>Who deployed it, for example <c>ada@build-7</c>.</summary>
    public required string Author { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Begun { get; init; }

    /// <summary>When it ended; null when nobody has seen that.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>What it changed, for example <c>1 to update, 3 unchanged.</c></summary>
    public required string Changes { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Failure { get; init; }

    /// <summary>The revision that it brought back, when it was a roll back.</summary>
    public int? RollbackOf { get; init; }

    /// <summary>The revision that was put back after it failed.</summary>
    public int? RolledBackTo { get; init; }
}
