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
        var desired = deployment.Spec.Replicas ?? 1; // the API server's own default
        var updated = status.UpdatedReplicas ?? 0;
        var available = status.AvailableReplicas ?? 0;
        var ready = status.ReadyReplicas ?? 0;
        var total = status.Replicas ?? 0;

        if (deployment.Metadata.DeletionTimestamp is not null)
        {
            return Readiness.InProgress("it is being deleted");
        }

        if ((status.ObservedGeneration ?? 0) < (deployment.Metadata.Generation ?? 0))
        {
            // Everything below describes the previous rollout until the controller has caught up.
            return Readiness.InProgress("the new specification has not been observed yet");
        }

        if (deployment.Spec.Paused == true)
        {
            return Readiness.InProgress("it is paused; 'kubectl rollout resume' lets it go on");
        }

        if (Progressing(status) is { Reason: "ProgressDeadlineExceeded" } stalled)
        {
            return Readiness.Stalled(stalled.Message ?? "it has made no progress for too long");
        }

        return (updated, available, total) switch
        {
            _ when updated < desired => Readiness.InProgress($"{updated} of {desired} replicas updated"),
            _ when total == updated + 1 => Readiness.InProgress("1 old replica is not replaced yet"),
            _ when total > updated => Readiness.InProgress($"{total - updated} old replicas are not replaced yet"),
            _ when available < desired && ready >= desired => Readiness.InProgress($"{available} of {desired} replicas available, ready for less than {deployment.Spec.MinReadySeconds} s"),
            _ when available < desired => Readiness.InProgress($"{available} of {desired} replicas available"),
            // The counts alone can be those of a moment before the controller looked.
            _ when !IsComplete(status, desired) => Readiness.InProgress($"{available} of {desired} replicas available, not yet reported complete"),
            _ => Readiness.Ready($"{available} of {desired} replicas available"),
        };
    }

    private static bool IsComplete(V1DeploymentStatus status, int desired) =>
        desired == 0 || Progressing(status) is null or { Reason: "NewReplicaSetAvailable" };

    private static V1DeploymentCondition? Progressing(V1DeploymentStatus status) => status.Conditions?.FirstOrDefault(condition => condition.Type == "Progressing");
}
