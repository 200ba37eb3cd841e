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

    /// <summary>
    /// How often it must have been seen to be proven: the first time and three more. Who tries again after ever longer times
    /// has to have failed as often as it takes for the last of them to be long.
    /// </summary>
    public int ProvenAfter { get; init; } = 4;

    /// <summary>The pods it was seen on, if it is about pods; the one that tells most comes first.</summary>
    public IReadOnlyList<string> Pods { get; init; } = [];

    /// <summary>How many pods there are, those that are well among them.</summary>
    public int OfPods { get; init; }

    /// <summary>What it is about, as <c>Service/name</c>, where that is not a pod of the rollout.</summary>
    public string? Object { get; init; }

    /// <summary>The container it is about, if it is about one.</summary>
    public string? Container { get; init; }

    /// <summary>The field or event that proves it, and the cluster's own words there.</summary>
    public string? Evidence { get; init; }

    /// <summary>Since when it is so, where the objects say it.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>How the container's process ended, if it did.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The container whose last log lines tell more.</summary>
    public string? LogOf { get; init; }

    /// <summary>Whether those lines are of the instance before the present one.</summary>
    public bool LogOfPrevious { get; init; }

    public string? Pod => Pods.Count > 0 ? Pods[0] : null;

    /// <summary>What is the same in two sightings of one cause, on whatever pod.</summary>
    public string Signature => $"{Code}/{Object}/{LogOf ?? Container}";

    /// <summary>The object or the pods at fault, as a line begins; empty when the line says it itself.</summary>
    public string Subject => (Pods, Object) switch
    {
        ([], null) => "",
        ([], var subject) => $"{subject}: ",
        ([var only], _) => $"pod {only}: ",
        ([var first, ..], _) => $"{Pods.Count} of {Math.Max(OfPods, Pods.Count)} pods, as {first}: ",
    };
}
