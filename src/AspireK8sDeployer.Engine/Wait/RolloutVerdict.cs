using AspireK8sDeployer.Engine.Diagnose;

namespace AspireK8sDeployer.Engine.Wait;

/// <summary>What to think of a rollout at one moment.</summary>
/// <param name="Readiness">How far it is.</param>
/// <param name="Causes">Why it is not further; of a rollout that is ready, what is worth knowing.</param>
/// <param name="Failure">The cause that will not go away; null while there is hope.</param>
internal sealed record RolloutVerdict(Readiness Readiness, IReadOnlyList<Diagnosis> Causes, Diagnosis? Failure)
{
    public bool IsReady => Readiness.IsReady && Failure is null;

    /// <summary>One line: how far, and the most telling reason.</summary>
    public string Summary => Causes.Count == 0 || IsReady ? Readiness.Reason : $"{Readiness.Reason}; {Said(Causes[0]).ReplaceLineEndings(" ")}";

    // Nobody has to look for a pod that is as it should be.
    private static string Said(Diagnosis cause) => cause.Meanwhile ?? $"{cause.Subject}{cause.Problem}";
}
