namespace AspireK8sDeployer.Engine.Diagnose;

/// <summary>Why something does not become ready.</summary>
/// <param name="Code">The cause's name in the failure catalogue.</param>
/// <param name="Class">Whether waiting can help.</param>
/// <param name="Problem">What is wrong, with its evidence, in one line.</param>
/// <param name="Fix">What to do.</param>
internal sealed record Diagnosis(string Code, FailureClass Class, string Problem, string Fix)
{
    /// <summary>What progress says in place of the problem, as long as it is none: what goes on as it should.</summary>
    public string? Meanwhile { get; init; }

    /// <summary>How often it was seen, as the objects count it.</summary>
    public int Times { get; init; } = 1;

    /// <summary>The pod it was seen on, if it is about one.</summary>
    public string? Pod { get; init; }

    /// <summary>The container whose last log lines tell more.</summary>
    public string? LogOf { get; init; }

    /// <summary>Whether those lines are of the instance before the present one.</summary>
    public bool LogOfPrevious { get; init; }

    /// <summary>What is the same in two sightings of one cause, on whatever pod.</summary>
    public string Signature => $"{Code}/{LogOf}";
}
