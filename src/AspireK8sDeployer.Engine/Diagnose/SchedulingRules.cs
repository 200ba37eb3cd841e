using System.Text.RegularExpressions;
using AspireK8sDeployer.Engine.Wait;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Diagnose;

/// <summary>No node takes the pod.</summary>
internal static partial class SchedulingRules
{
    // In the scheduler's words; the order decides between clauses that are about as many nodes.
    private static readonly (string Words, string Code, string Fix)[] Causes =
    [
        ("persistentvolumeclaim", "PVC_PENDING", "the volume claim has no volume: see 'kubectl describe pvc'"),
        ("unbound immediate PersistentVolumeClaims", "PVC_PENDING", "the volume claim has no volume: see 'kubectl describe pvc'"),
        ("Insufficient", "SCHED_RESOURCES", "ask for less with .WithResources(cpu: …, memory: …), or add nodes"),
        ("Too many pods", "SCHED_RESOURCES", "the nodes are full: add nodes"),
        ("untolerated taint", "SCHED_TAINT", "let the pod tolerate the taint, or add nodes without it"),
        ("didn't match pod anti-affinity", "SCHED_POD_AFFINITY", "the replicas must not share a node: ask for fewer, or add nodes"),
        ("anti-affinity rules", "SCHED_POD_AFFINITY", "pods that are there do not want it beside them: add nodes"),
        ("didn't match pod affinity", "SCHED_POD_AFFINITY", "correct the pod affinity"),
        ("node affinity/selector", "SCHED_AFFINITY", "no node has the labels that the pod asks for: correct them"),
        ("topology spread constraints", "SCHED_SPREAD", "correct the spread constraints, or label the nodes"),
        ("free ports", "SCHED_PORTS", "do without the host port"),
        ("volume node affinity conflict", "SCHED_VOLUME", "the volume is in another zone than the nodes"),
        ("available persistent volumes", "SCHED_VOLUME", "there is no volume to bind"),
        ("max volume count", "SCHED_VOLUME", "the nodes hold no more volumes: add nodes"),
        ("were unschedulable", "SCHED_CORDONED", "the nodes are cordoned: 'kubectl uncordon'"),
        ("no nodes available", "SCHED_NO_NODES", "the cluster has no nodes: add some"),
    ];

    // A scheduler looks at a new pod at once; this long it is only busy.
    private static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(10);

    public static Diagnosis? Diagnose(RolloutObjects objects, V1Pod pod, DateTimeOffset now)
    {
        var condition = pod.Status?.Conditions?.FirstOrDefault(item => item.Type == "PodScheduled");
        if (condition?.Status == "False")
        {
            var diagnosis = condition.Reason == "SchedulingGated" ? Gated(pod) : AutoscalerRules.Refine(Of(objects, pod, condition.Message ?? ""), objects, pod);
            return diagnosis with { Evidence = $"status.conditions[PodScheduled].reason = {condition.Reason}: {condition.Message}" };
        }

        return condition is null && pod.Spec.NodeName is null && pod.Status?.Phase == "Pending" && now - pod.Metadata.CreationTimestamp >= SilentAfter
            ? Silent(objects, pod)
            : null;
    }

    private static Diagnosis Silent(RolloutObjects objects, V1Pod pod)
    {
        var claims = ClaimRules.NamesOf(pod);
        return claims.Count > 0
            ? ClaimRules.Refine(new Diagnosis("PVC_PENDING", FailureClass.Waits, $"it waits for volume claim {string.Join(", ", claims)}", "the volume claim has no volume: see 'kubectl describe pvc'"), objects, pod)
            : new Diagnosis("SCHED_SILENT", FailureClass.Waits, $"no scheduler has looked at it (its scheduler is '{pod.Spec.SchedulerName ?? "default-scheduler"}')", "check the scheduler's name, and that it runs")
            {
                Evidence = "no condition PodScheduled",
            };
    }

    private static Diagnosis Of(RolloutObjects objects, V1Pod pod, string message)
    {
        // What follows is about pre-emption, which never is the cause.
        var reason = message.Split(" no new claims to deallocate")[0].Split(" preemption:")[0].TrimEnd(' ', ',', '.');
        var clause = Clauses(reason).OrderByDescending(item => item.Nodes).ThenBy(item => Rank(item.Text)).FirstOrDefault().Text ?? reason;
        var (_, code, fix) = Causes.FirstOrDefault(cause => clause.Contains(cause.Words, StringComparison.Ordinal));
        var problem = $"no node takes it: {reason}";
        if (Device().Match(clause) is { Success: true } device)
        {
            return new Diagnosis("SCHED_GPU", FailureClass.Waits, problem, $"no node has {device.Groups[1].Value} to spare: add such nodes, or ask for none with .WithResources(gpu: 0)");
        }

        var diagnosis = new Diagnosis(code ?? "SCHED_OTHER", FailureClass.Waits, problem, fix ?? "see 'kubectl describe pod'");
        return diagnosis.Code switch
        {
            "PVC_PENDING" => ClaimRules.Refine(diagnosis, objects, pod),
            // The old pod goes when the new one is ready, and the new one comes when the old one is gone.
            "SCHED_PORTS" when objects.OldReady > 0 => diagnosis with { Fix = "the old pod holds the host port: do without it, or let the old pod go first (strategy Recreate)" },
            _ => diagnosis,
        };
    }

    // "0/5 nodes are available: 1 node(s) had untolerated taint {a: b}, 4 Insufficient cpu": each with the number of its nodes.
    private static IEnumerable<(int Nodes, string Text)> Clauses(string reason) => Clause().Matches(reason)
        .Select(match => (int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), match.Groups[2].Value));

    private static int Rank(string clause) => Array.FindIndex(Causes, cause => clause.Contains(cause.Words, StringComparison.Ordinal)) is >= 0 and var rank ? rank : Causes.Length;

    private static Diagnosis Gated(V1Pod pod)
    {
        var gates = string.Join(", ", (pod.Spec.SchedulingGates ?? []).Select(gate => gate.Name));
        return new Diagnosis("SCHED_GATED", FailureClass.Waits, $"it is held back by scheduling gate {gates}", "see what removes the gate");
    }

    [GeneratedRegex(@"(?:: |, )(\d{1,6}) (.+?)(?=, \d+ |$)", RegexOptions.CultureInvariant)]
    private static partial Regex Clause();

    // Devices have a vendor's name before the slash, unlike the resources of Kubernetes itself.
    [GeneratedRegex(@"Insufficient ([a-z0-9.-]+\.[a-z0-9-]+/\S+)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Device();
}
