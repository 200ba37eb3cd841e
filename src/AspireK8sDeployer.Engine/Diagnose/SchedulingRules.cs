using k8s.Models;

namespace AspireK8sDeployer.Engine.Diagnose;

/// <summary>No node takes the pod.</summary>
internal static class SchedulingRules
{
    // In the scheduler's words; the order tells which one is named when a message has several.
    private static readonly (string Words, string Code, string Fix)[] Causes =
    [
        ("Insufficient nvidia.com/gpu", "SCHED_GPU", "no node has the device: add such nodes, or ask for none with .WithResources(gpu: 0)"),
        ("persistentvolumeclaim", "PVC_PENDING", "the volume claim has no volume: see 'kubectl describe pvc'"),
        ("unbound immediate PersistentVolumeClaims", "PVC_PENDING", "the volume claim has no volume: see 'kubectl describe pvc'"),
        ("Insufficient", "SCHED_RESOURCES", "ask for less with .WithResources(cpu: …, memory: …), or add nodes"),
        ("Too many pods", "SCHED_RESOURCES", "the nodes are full: add nodes"),
        ("untolerated taint", "SCHED_TAINT", "let the pod tolerate the taint, or add nodes without it"),
        ("didn't match pod anti-affinity", "SCHED_POD_AFFINITY", "the replicas must not share a node: ask for fewer, or add nodes"),
        ("didn't match pod affinity", "SCHED_POD_AFFINITY", "correct the pod affinity"),
        ("node affinity/selector", "SCHED_AFFINITY", "no node has the labels that the pod asks for: correct them"),
        ("topology spread constraints", "SCHED_SPREAD", "correct the spread constraints, or label the nodes"),
        ("free ports", "SCHED_PORTS", "do without the host port"),
        ("volume node affinity conflict", "SCHED_VOLUME", "the volume is in another zone than the nodes"),
        ("available persistent volumes", "SCHED_VOLUME", "there is no volume to bind"),
        ("were unschedulable", "SCHED_CORDONED", "the nodes are cordoned: 'kubectl uncordon'"),
        ("no nodes available", "SCHED_NO_NODES", "the cluster has no nodes: add some"),
    ];

    // A scheduler looks at a new pod at once; this long it is only busy.
    private static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(10);

    public static Diagnosis? Diagnose(V1Pod pod, DateTimeOffset now)
    {
        var condition = pod.Status?.Conditions?.FirstOrDefault(item => item.Type == "PodScheduled");
        if (condition?.Status == "False")
        {
            return condition.Reason == "SchedulingGated" ? Gated(pod) : Of(condition.Message ?? "");
        }

        return condition is null && pod.Spec.NodeName is null && pod.Status?.Phase == "Pending" && now - pod.Metadata.CreationTimestamp >= SilentAfter
            ? Silent(pod)
            : null;
    }

    private static Diagnosis Silent(V1Pod pod)
    {
        var claims = (pod.Spec.Volumes ?? []).Select(volume => volume.PersistentVolumeClaim?.ClaimName).OfType<string>().ToList();
        return claims.Count > 0
            ? new Diagnosis("PVC_PENDING", FailureClass.Waits, $"it waits for volume claim {string.Join(", ", claims)}", "the volume claim has no volume: see 'kubectl describe pvc'")
            : new Diagnosis("SCHED_SILENT", FailureClass.Waits, $"no scheduler has looked at it (its scheduler is '{pod.Spec.SchedulerName ?? "default-scheduler"}')", "check the scheduler's name, and that it runs");
    }

    private static Diagnosis Of(string message)
    {
        // What follows is about pre-emption, which never is the cause.
        var reason = message.Split(" no new claims to deallocate")[0].Split(" preemption:")[0].TrimEnd(' ', ',', '.');
        var (_, code, fix) = Causes.FirstOrDefault(cause => reason.Contains(cause.Words, StringComparison.Ordinal));
        return new Diagnosis(code ?? "SCHED_OTHER", FailureClass.Waits, $"no node takes it: {reason}", fix ?? "see 'kubectl describe pod'");
    }

    private static Diagnosis Gated(V1Pod pod)
    {
        var gates = string.Join(", ", (pod.Spec.SchedulingGates ?? []).Select(gate => gate.Name));
        return new Diagnosis("SCHED_GATED", FailureClass.Waits, $"it is held back by scheduling gate {gates}", "see what removes the gate");
    }
}
