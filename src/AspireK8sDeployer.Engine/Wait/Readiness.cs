namespace AspireK8sDeployer.Engine.Wait;

/// <summary>How far a rollout is, and why it is not further.</summary>
internal sealed record Readiness(ReadinessState State, string Reason)
{
    public bool IsReady => State == ReadinessState.Ready;

    public static Readiness InProgress(string reason) => new(ReadinessState.InProgress, reason);

    public static Readiness Ready(string reason) => new(ReadinessState.Ready, reason);
}
