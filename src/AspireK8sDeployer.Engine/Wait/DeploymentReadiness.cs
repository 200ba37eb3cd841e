using k8s.Models;

namespace AspireK8sDeployer.Engine.Wait;

/// <summary>
/// Reads a Deployment's rollout state from its status. Pure: never calls the cluster.
/// </summary>
/// <remarks>
/// The order of the checks is the order in which the Deployment controller fills in the status, so
/// the first one that fails names the step the rollout is at.
/// </remarks>
internal static class DeploymentReadiness
{
    public static Readiness Of(V1Deployment deployment)
    {
        var status = deployment.Status ?? new V1DeploymentStatus();
        if (deployment.Metadata.DeletionTimestamp is not null)
        {
            return new Readiness(ReadinessState.Terminating, "it is being deleted");
        }

        if (IsUnobserved(deployment))
        {
            // Everything below describes the previous rollout until the controller has caught up.
            return Readiness.InProgress("the new specification has not been observed yet");
        }

        var counted = Counted(deployment, status);
        if (deployment.Spec.Paused == true)
        {
            return new Readiness(ReadinessState.Paused, $"it is paused ({counted.Reason}); 'kubectl rollout resume' lets it go on");
        }

        // The controller's own words name its ReplicaSet and the clock, never the cause: how far it is tells more.
        return !counted.IsReady && Progressing(status) is { Reason: "ProgressDeadlineExceeded" }
            ? new Readiness(ReadinessState.Stalled, $"{counted.Reason}, and no progress for {deployment.Spec.ProgressDeadlineSeconds ?? 600} s")
            : counted;
    }

    /// <summary>Whether the status is still that of the specification before.</summary>
    public static bool IsUnobserved(V1Deployment deployment) => (deployment.Status?.ObservedGeneration ?? 0) < (deployment.Metadata.Generation ?? 0);

    private static Readiness Counted(V1Deployment deployment, V1DeploymentStatus status)
    {
        var desired = deployment.Spec.Replicas ?? 1; // the API server's own default
        var updated = status.UpdatedReplicas ?? 0;
        var available = status.AvailableReplicas ?? 0;
        var ready = status.ReadyReplicas ?? 0;
        var total = status.Replicas ?? 0;
        return (updated, available, total) switch
        {
            _ when desired == 0 && total > 0 => Readiness.InProgress($"scaled to zero, {total} still running"),
            _ when desired == 0 => Readiness.Ready("scaled to zero"),
            _ when updated < desired => Readiness.InProgress($"{updated} of {desired} replicas updated"),
            _ when total == updated + 1 => Readiness.InProgress("1 old replica is not replaced yet"),
            _ when total > updated => Readiness.InProgress($"{total - updated} old replicas are not replaced yet"),
            _ when available < desired && ready >= desired => Readiness.InProgress($"{available} of {desired} replicas available, ready for less than {deployment.Spec.MinReadySeconds} s"),
            _ when available < updated || ready < desired => Readiness.InProgress($"{Math.Min(available, ready)} of {desired} replicas available"),
            // The counts alone can be those of a moment before the controller looked.
            _ when !IsComplete(status) => Readiness.InProgress($"{available} of {desired} replicas available, not yet reported complete"),
            _ => Readiness.Ready($"{available} of {desired} replicas available"),
        };
    }

    private static bool IsComplete(V1DeploymentStatus status) => Progressing(status) is null or { Reason: "NewReplicaSetAvailable" };

    private static V1DeploymentCondition? Progressing(V1DeploymentStatus status) => status.Conditions?.FirstOrDefault(condition => condition.Type == "Progressing");
}
