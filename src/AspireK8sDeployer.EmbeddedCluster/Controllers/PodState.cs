using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Controllers;

/// <summary>What the controllers ask about pods.</summary>
internal static class PodState
{
    public static bool IsTerminal(V1Pod pod) => pod.Status?.Phase is "Succeeded" or "Failed";

    public static bool IsActive(V1Pod pod) => !IsTerminal(pod) && pod.Metadata.DeletionTimestamp is null;

    public static bool IsTerminating(V1Pod pod) => !IsTerminal(pod) && pod.Metadata.DeletionTimestamp is not null;

    public static bool IsReady(V1Pod pod) => ReadyCondition(pod)?.Status == "True";

    /// <summary>Since when the pod has been ready; null when it is not.</summary>
    public static DateTime? ReadySince(V1Pod pod) => IsReady(pod) ? ReadyCondition(pod)!.LastTransitionTime : null;

    public static bool IsAvailable(V1Pod pod, int minReadySeconds, DateTime now) =>
        IsReady(pod) && (minReadySeconds == 0 || ReadySince(pod) + TimeSpan.FromSeconds(minReadySeconds) <= now);

    private static V1PodCondition? ReadyCondition(V1Pod pod) => pod.Status?.Conditions?.FirstOrDefault(condition => condition.Type == "Ready");
}
