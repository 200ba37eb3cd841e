namespace AspireK8sDeployer.Serving.Running;

/// <summary>What came of a run.</summary>
/// <param name="RunId">The run's id.</param>
/// <param name="RunName">The run's name.</param>
/// <param name="End">How it ended.</param>
/// <param name="Result">What the pipeline returned.</param>
/// <param name="Error">What the caller is told; null when it succeeded.</param>
/// <param name="Elapsed">How long it took.</param>
internal sealed record RunOutcome(string RunId, string RunName, RunEnd End, object? Result, string? Error, TimeSpan Elapsed);
