using AspireK8sDeployer.Engine.Wait;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Diagnose;

/// <summary>
/// Whether an autoscaler can do its work. It never holds a rollout back: its first look comes after 15 s, its first metrics
/// after minutes, and the pipeline serves meanwhile.
/// </summary>
internal static class AutoscalingRules
{
    public static SideState Of(V2HorizontalPodAutoscaler autoscaler)
    {
        var item = $"HorizontalPodAutoscaler/{autoscaler.Metadata.Name}";
        V2HorizontalPodAutoscalerCondition? Condition(string type, string status) =>
            autoscaler.Status?.Conditions?.FirstOrDefault(condition => condition.Type == type && condition.Status == status);

        var warning = (Condition("AbleToScale", "False"), Condition("ScalingActive", "False"), Condition("ScalingLimited", "True")) switch
        {
            ({ Reason: "FailedGetScale" } scale, _, _) => Of("HPA_FAILED_SCALE", $"it cannot scale: {scale.Message}", "correct the name of what it scales"),
            ({ } update, _, _) => Of("HPA_UPDATE", $"it cannot scale: {update.Message}", "see 'kubectl describe hpa': a right or a webhook is in the way"),
            (_, { Reason: "AmbiguousSelector" } active, _) => Of("HPA_AMBIGUOUS", $"another autoscaler scales the same pods: {active.Message}", "keep one of them"),
            (_, { Reason: "InvalidSelector" } active, _) => Of("HPA_SELECTOR", $"its target has no usable selector: {active.Message}", "correct the selector"),
            (_, { Reason: "ScalingDisabled" }, _) => null,
            (_, { Reason: { } reason } active, _) when reason.StartsWith("FailedGet", StringComparison.Ordinal) =>
                Of("HPA_NO_METRICS", $"it has no metrics: {active.Message}", "it needs a metrics server, and the containers need resource requests: .WithResources(…)") with { Since = active.LastTransitionTime },
            (_, _, { Reason: "TooManyReplicas" }) => Of("HPA_LIMITED", "it is at its maximum and would have more", "raise .WithResources(maxReplicas: …)"),
            _ => null,
        };
        return SideState.Ready(item, warning);

        Diagnosis Of(string code, string problem, string fix) => new(code, FailureClass.Warns, problem, fix) { Object = item, Evidence = problem };
    }
}
