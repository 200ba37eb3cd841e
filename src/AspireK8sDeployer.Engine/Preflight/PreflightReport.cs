namespace AspireK8sDeployer.Engine.Preflight;

/// <summary>What a check that found no failure has to say.</summary>
/// <param name="Warnings">What may go wrong, or is missing and may still come.</param>
/// <param name="Notes">What could not be looked at, because this user may not.</param>
public sealed record PreflightReport(IReadOnlyList<string> Warnings, IReadOnlyList<string> Notes);
