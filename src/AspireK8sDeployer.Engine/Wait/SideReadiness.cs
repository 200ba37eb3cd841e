using AspireK8sDeployer.Engine.Diagnose;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Wait;

/// <summary>
/// The kinds that are awaited beside the Deployment, and how each says that it is ready. What is not named here is ready
/// when the API has taken it: nobody knows what its conditions mean, and some never come true.
/// </summary>
internal static class SideReadiness
{
    /// <summary>The kinds that have a rule.</summary>
    public static readonly IReadOnlySet<string> Kinds = new HashSet<string>(StringComparer.Ordinal)
    {
        "Service", "HTTPRoute", "HorizontalPodAutoscaler", "ScaledObject", "PodDisruptionBudget",
        "PersistentVolumeClaim", "StatefulSet", "DaemonSet", "ReplicaSet", "Pod", "Job", "Deployment",
    };

    public static IEnumerable<SideState> Of(RolloutObjects objects)
    {
        var beside = objects.Beside;
        var services = beside.All<V1Service>("Service").Select(service => ServiceRules.Of(service, objects)).ToList();
        var isReached = services.All(service => service.Readiness.IsReady);
        return
        [
            .. services,
            .. beside.All("HTTPRoute").Select(route => RouteRules.Of(route, isReached)),
            .. beside.All<V2HorizontalPodAutoscaler>("HorizontalPodAutoscaler").Select(AutoscalingRules.Of),
            .. beside.All("ScaledObject").Select(KedaRules.Of),
            .. beside.All<V1PodDisruptionBudget>("PodDisruptionBudget").Select(DisruptionBudgetRules.Of),
            .. beside.All<V1PersistentVolumeClaim>("PersistentVolumeClaim").Select(claim => ClaimReadiness.Of(claim, objects)),
            .. WorkloadReadiness.Of(objects),
        ];
    }
}
