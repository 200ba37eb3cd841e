using AspireK8sDeployer.Engine.Diagnose;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Wait;

/// <summary>The user's own workloads beside the pipeline.</summary>
internal static class WorkloadReadiness
{
    public static IEnumerable<SideState> Of(RolloutObjects objects)
    {
        var beside = objects.Beside;
        return
        [
            .. beside.All<V1Deployment>("Deployment").Select(item => new SideState($"Deployment/{item.Metadata.Name}", WithPause(DeploymentReadiness.Of(item)))),
            .. beside.All<V1StatefulSet>("StatefulSet").Select(item => new SideState($"StatefulSet/{item.Metadata.Name}", Of(item))),
            .. beside.All<V1DaemonSet>("DaemonSet").Select(item => new SideState($"DaemonSet/{item.Metadata.Name}", Of(item))),
            .. beside.All<V1ReplicaSet>("ReplicaSet").Select(item => new SideState($"ReplicaSet/{item.Metadata.Name}", Of(item))),
            .. beside.All<V1Pod>("Pod").Select(Of),
            .. beside.All<V1Job>("Job").Select(Of),
        ];
    }

    // A pause is somebody's will.
    private static Readiness WithPause(Readiness readiness) => readiness.State == ReadinessState.Paused ? Readiness.Ready(readiness.Reason) : readiness;

    public static Readiness Of(V1StatefulSet set)
    {
        var status = set.Status;
        var desired = set.Spec.Replicas ?? 1;
        var partition = set.Spec.UpdateStrategy?.RollingUpdate?.Partition ?? 0;
        if (IsUnobserved(status?.ObservedGeneration, set.Metadata))
        {
            return Readiness.InProgress("the new specification has not been observed yet");
        }

        var ready = status?.ReadyReplicas ?? 0;
        var updated = status?.UpdatedReplicas ?? 0;
        return set.Spec.UpdateStrategy?.Type switch
        {
            _ when ready < desired => Readiness.InProgress($"{ready} of {desired} replicas ready"),
            // Each pod gets the new template when somebody deletes it.
            "OnDelete" => Readiness.Ready($"{ready} of {desired} replicas ready"),
            _ when updated < desired - partition => Readiness.InProgress($"{updated} of {Math.Max(0, desired - partition)} replicas updated"),
            _ when partition == 0 && status?.CurrentRevision != status?.UpdateRevision => Readiness.InProgress($"{updated} of {desired} replicas updated, not yet reported complete"),
            _ => Readiness.Ready($"{ready} of {desired} replicas ready"),
        };
    }

    public static Readiness Of(V1DaemonSet set)
    {
        if (IsUnobserved(set.Status?.ObservedGeneration, set.Metadata))
        {
            return Readiness.InProgress("the new specification has not been observed yet");
        }

        var (desired, available, updated) = (set.Status?.DesiredNumberScheduled ?? 0, set.Status?.NumberAvailable ?? 0, set.Status?.UpdatedNumberScheduled ?? 0);
        return set.Spec.UpdateStrategy?.Type != "OnDelete" && updated < desired
            ? Readiness.InProgress($"{updated} of {desired} pods updated")
            : available < desired ? Readiness.InProgress($"{available} of {desired} pods available") : Readiness.Ready($"{available} of {desired} pods available");
    }

    public static Readiness Of(V1ReplicaSet set)
    {
        var desired = set.Spec.Replicas ?? 1;
        var available = Math.Min(set.Status?.AvailableReplicas ?? 0, set.Status?.FullyLabeledReplicas ?? 0);
        return IsUnobserved(set.Status?.ObservedGeneration, set.Metadata) ? Readiness.InProgress("the new specification has not been observed yet")
            : available < desired ? Readiness.InProgress($"{available} of {desired} replicas available") : Readiness.Ready($"{available} of {desired} replicas available");
    }

    private static SideState Of(V1Pod pod)
    {
        var item = $"Pod/{pod.Metadata.Name}";
        return pod.Status?.Phase switch
        {
            "Succeeded" => SideState.Ready(item),
            "Failed" => SideState.Of(new Diagnosis("POD_FAILED", FailureClass.FatalOnProof, $"it has failed {pod.Status.Reason} {pod.Status.Message}".Replace("  ", " ", StringComparison.Ordinal).TrimEnd(), $"see 'kubectl logs {pod.Metadata.Name}'") { Object = item, Evidence = "status.phase = Failed" }),
            _ when Diagnoser.IsReady(pod) => SideState.Ready(item),
            _ => SideState.InProgress(item, $"it is {pod.Status?.Phase ?? "Pending"} and not ready"),
        };
    }

    // A job that runs is as it should be: what it does may take hours.
    private static SideState Of(V1Job job)
    {
        var item = $"Job/{job.Metadata.Name}";
        return job.Status?.Conditions?.FirstOrDefault(condition => condition is { Type: "Failed", Status: "True" }) is { } failed
            ? SideState.Of(new Diagnosis("JOB_FAILED", FailureClass.Fatal, $"it has failed: {failed.Reason}: {failed.Message}", $"see 'kubectl logs job/{job.Metadata.Name}'") { Object = item, Evidence = $"status.conditions[Failed].reason = {failed.Reason}" })
            : SideState.Ready(item);
    }

    private static bool IsUnobserved(long? observed, V1ObjectMeta meta) => (observed ?? 0) < (meta.Generation ?? 0);
}
