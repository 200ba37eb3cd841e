using AspireK8sDeployer.Engine.Diagnose;

namespace AspireK8sDeployer.Engine.Wait;

/// <summary>What to think of all that is beside a Deployment, at one moment.</summary>
/// <param name="Awaited">What is still waited for; null when nothing is.</param>
/// <param name="Failure">What will not go away, and keeps the pipeline from being reached.</param>
/// <param name="Warnings">What is worth knowing and stops nothing.</param>
internal sealed record SideVerdict(SideState? Awaited, Diagnosis? Failure, IReadOnlyList<Diagnosis> Warnings)
{
    public bool IsReady => Awaited is null && Failure is null;
}
