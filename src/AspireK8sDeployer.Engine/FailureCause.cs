namespace AspireK8sDeployer.Engine;

/// <summary>One cause of a failed rollout, for machines.</summary>
/// <param name="Code">Its name in the failure catalogue, for example <c>CRASH_LOOP</c>.</param>
/// <param name="Class">
/// Whether waiting can help: <c>fatal</c>, <c>fatal-on-proof</c> (usually permanent, seen often enough), or <c>waits</c> (up to the
/// world outside).
/// </param>
/// <param name="Subject">The object at fault, as <c>Pod/name</c>.</param>
/// <param name="Problem">What is wrong, in one line; secrets are masked.</param>
/// <param name="Fix">What to do.</param>
public sealed record FailureCause(string Code, string Class, string Subject, string Problem, string Fix)
{
    /// <summary>Every pod that it was seen on.</summary>
    public IReadOnlyList<string> Pods { get; init; } = [];

    /// <summary>The container at fault, if it is one.</summary>
    public string? Container { get; init; }

    /// <summary>The field or the event that proves it, with the cluster's own words.</summary>
    public string? Evidence { get; init; }

    /// <summary>How the container's process ended, if it did.</summary>
    public int? ExitCode { get; init; }

    /// <summary>How often it was seen, as the cluster counts it.</summary>
    public int Times { get; init; } = 1;

    /// <summary>The lines of the container's log that tell most; secrets are masked.</summary>
    public IReadOnlyList<string> Log { get; init; } = [];
}
