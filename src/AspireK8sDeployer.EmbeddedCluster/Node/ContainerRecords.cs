using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Node;

/// <summary>The records of a pod's containers, in the order in which they start.</summary>
internal static class ContainerRecords
{
    /// <summary>
    /// What the pod's status says of an earlier life of the node is carried on: its containers ended with that, and start
    /// again.
    /// </summary>
    public static IReadOnlyList<ContainerRecord> Create(V1Pod pod, TimeSpan backOff, DateTimeOffset now)
    {
        var initial = (pod.Spec.InitContainers ?? []).Select(container => Create(container, isInit: true, pod.Status?.InitContainerStatuses, pod, backOff, now));
        var app = pod.Spec.Containers.Select(container => Create(container, isInit: false, pod.Status?.ContainerStatuses, pod, backOff, now));
        return [.. initial, .. app];
    }

    private static ContainerRecord Create(V1Container container, bool isInit, IList<V1ContainerStatus>? statuses, V1Pod pod, TimeSpan backOff, DateTimeOffset now)
    {
        var status = statuses?.FirstOrDefault(candidate => candidate.Name == container.Name);
        var ran = status?.ContainerID is not null;
        var hasInit = pod.Spec.InitContainers is { Count: > 0 };
        var record = new ContainerRecord(container, isInit, $"spec.{(isInit ? "initContainers" : "containers")}{{{container.Name}}}", backOff)
        {
            RestartOffset = ran ? status!.RestartCount + 1 : 0,
            RestartCount = status?.RestartCount ?? 0,
            State = new ContainerState.Waiting(hasInit ? "PodInitializing" : "ContainerCreating"),
        };

        if (ran && pod.Status?.Phase is ("Running" or "Pending"))
        {
            record.LastState = new ContainerState.Terminated(
                255, "Unknown", null, status!.State?.Running?.StartedAt, now, status.ContainerID.Split("//")[^1]);
            record.ContainerId = record.LastState.ContainerId;
        }
        else if (status?.State?.Terminated is { } terminated)
        {
            record.State = new ContainerState.Terminated(
                terminated.ExitCode, terminated.Reason, terminated.Message, terminated.StartedAt, terminated.FinishedAt ?? now.UtcDateTime, terminated.ContainerID?.Split("//")[^1]);
        }

        return record;
    }
}
