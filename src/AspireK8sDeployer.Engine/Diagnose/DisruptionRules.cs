using k8s.Models;

namespace AspireK8sDeployer.Engine.Diagnose;

/// <summary>The cluster took the pod away, or its node is gone. Another replica takes its place.</summary>
internal static class DisruptionRules
{
    public static Diagnosis? Diagnose(V1Pod pod)
    {
        var words = pod.Status?.Message?.Trim() ?? "";
        var target = pod.Status?.Conditions?.FirstOrDefault(condition => condition.Type == "DisruptionTarget" && condition.Status == "True");
        return (pod.Status?.Reason, target?.Reason) switch
        {
            ("Evicted", _) => new Diagnosis(
                "EVICTED", FailureClass.Waits, $"it was evicted: {words}", "another replica takes its place; ask for what it really uses with .WithResources(…)")
            {
                Evidence = $"status.reason = Evicted: {words}",
            },
            (_, "PreemptionByScheduler") or ("Preempting", _) => new Diagnosis(
                "PREEMPTED", FailureClass.Waits, $"it made room for a pod of higher priority: {target?.Message ?? words}", "give it a higher priority class, or the cluster more nodes")
            {
                Evidence = "status.conditions[DisruptionTarget].reason = PreemptionByScheduler",
            },
            (_, "DeletionByTaintManager") or ("NodeLost", _) => Lost(pod, target?.Message ?? words),
            _ when IsUnknown(pod) => Lost(pod, "the node does not tell how it is"),
            ({ Length: > 0 } reason, _) when pod.Status!.Phase == "Failed" && IsRejection(reason) => new Diagnosis(
                reason.StartsWith("OutOf", StringComparison.Ordinal) ? "SCHED_RESOURCES" : "NODE_REJECTED", FailureClass.Waits,
                $"node {pod.Spec.NodeName} does not take it ({reason}): {words}", "another replica takes its place; see 'kubectl describe node'")
            {
                Evidence = $"status.reason = {reason}: {words}",
            },
            _ => null,
        };
    }

    // The kubelet's own checks, after the scheduler has chosen the node.
    private static bool IsRejection(string reason) =>
        reason.StartsWith("OutOf", StringComparison.Ordinal) || reason is "NodeAffinity" or "UnexpectedAdmissionError" or "AppArmor" or "SysctlForbidden" or "TopologyAffinityError" or "NodeShutdown" or "Terminated" or "Shutdown";

    private static bool IsUnknown(V1Pod pod) =>
        pod.Status?.Phase == "Unknown" || pod.Status?.Conditions?.Any(condition => condition.Type == "Ready" && condition.Reason == "NodeStatusUnknown") == true;

    private static Diagnosis Lost(V1Pod pod, string words) => new(
        "NODE_LOST", FailureClass.Waits, $"node {pod.Spec.NodeName} is lost: {words}", $"see 'kubectl describe node {pod.Spec.NodeName}'")
    {
        Evidence = words,
    };
}
