using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Plan;

namespace AspireK8sDeployer.Engine.Apply;

/// <summary>
/// What is applied before what, and deleted. Inside a wave everything goes at once; a wave of applies begins when the one
/// before is accepted, not when it is ready; one of deletes when the one before is gone.
/// </summary>
internal static class Waves
{
    // What others are made of, then what limits and protects the pods, then what they name. A Service before the pods: its
    // address is being provisioned while images are pulled. What is in no wave (Ingress, HTTPRoute, autoscalers, and kinds
    // that we do not know) leads to the pods or is about them, and comes last.
    private static readonly string[][] Applied =
    [
        ["CustomResourceDefinition", "PriorityClass", "StorageClass", "IngressClass", "GatewayClass"],
        ["ResourceQuota", "LimitRange", "NetworkPolicy", "ServiceAccount", "Role", "ClusterRole"],
        ["RoleBinding", "ClusterRoleBinding", "Secret", "ConfigMap", "PersistentVolumeClaim", "Service", "PodDisruptionBudget"],
        ["Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob"],
    ];

    // The other way round, and no faster: traffic stops before the pods go, an autoscaler before what it scales, and the
    // Service goes after the pods: until then what still runs is still reached. What the pods name, and what kinds are
    // defined by, goes last.
    private static readonly string[][] Deleted =
    [
        ["ScaledObject"],
        ["HorizontalPodAutoscaler"],
        ["Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob", "Pod"],
        ["Service"],
        ["PodDisruptionBudget", "NetworkPolicy", "ConfigMap", "Secret", "PersistentVolumeClaim", "RoleBinding", "ClusterRoleBinding"],
        ["Role", "ClusterRole", "ServiceAccount", "ResourceQuota", "LimitRange"],
        ["PriorityClass", "StorageClass", "IngressClass", "GatewayClass", "CustomResourceDefinition"],
    ];

    /// <summary>Objects to apply, wave by wave; the namespace, which comes before all, is not among them.</summary>
    public static IEnumerable<IReadOnlyList<PlannedObject>> ToApply(IReadOnlyList<PlannedObject> objects) =>
        InOrder(objects.Where(item => item.IsApplied && item.Id.Kind != ObjectKind.Namespace.Kind), Applied, others: Applied.Length);

    /// <summary>Objects to delete, wave by wave.</summary>
    public static IEnumerable<IReadOnlyList<PlannedObject>> ToDelete(IReadOnlyList<PlannedObject> objects) =>
        InOrder(objects.Where(item => item.Kind == ChangeKind.Delete), Deleted, others: -1);

    private static IEnumerable<IReadOnlyList<PlannedObject>> InOrder(IEnumerable<PlannedObject> objects, string[][] waves, int others) => objects
        .GroupBy(item => Array.FindIndex(waves, kinds => kinds.Contains(item.Id.Kind)) is >= 0 and var wave ? wave : others)
        .OrderBy(group => group.Key)
        .Select(group => group.ToList());
}
