using System.Globalization;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Controllers.ReplicaSets;

/// <summary>Which pods a ReplicaSet does without first: those that do least. Pure.</summary>
internal static class PodDeletionOrder
{
    private const string DeletionCost = "controller.kubernetes.io/pod-deletion-cost";

    public static IEnumerable<V1Pod> Sort(IEnumerable<V1Pod> pods) => pods
        .OrderBy(pod => string.IsNullOrEmpty(pod.Spec.NodeName) ? 0 : 1)
        .ThenBy(pod => pod.Status?.Phase switch { "Pending" => 0, "Running" => 2, _ => 1 })
        .ThenBy(pod => PodState.IsReady(pod) ? 1 : 0)
        .ThenBy(Cost)
        .ThenByDescending(pod => PodState.ReadySince(pod) ?? DateTime.MinValue)
        .ThenByDescending(Restarts)
        .ThenByDescending(pod => pod.Metadata.CreationTimestamp);

    private static int Cost(V1Pod pod) =>
        pod.Metadata.Annotations?.TryGetValue(DeletionCost, out var text) == true && int.TryParse(text, CultureInfo.InvariantCulture, out var cost) ? cost : 0;

    private static int Restarts(V1Pod pod) => pod.Status?.ContainerStatuses?.Max(status => (int?)status.RestartCount) ?? 0;
}
