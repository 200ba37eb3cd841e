namespace AspireK8sDeployer.Engine.Wait;

/// <summary>How far a rollout is, and why it is not further.</summary>
internal sealed record Readiness(ReadinessState State, string Reason)
{
    public bool IsReady => State == ReadinessState.Ready;

    public static Readiness InProgress(string reason) => new(ReadinessState.InProgress, reason);

    public static Readiness Ready(string reason) => new(ReadinessState.Ready, reason);

    /// <summary>The controller has given up; what the cause is, the pods say.</summary>
    public static Readiness Stalled(string reason) => new(ReadinessState.Stalled, reason);
}
