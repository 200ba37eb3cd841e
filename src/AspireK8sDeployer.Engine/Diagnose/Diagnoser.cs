using AspireK8sDeployer.Engine.Wait;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Diagnose;

/// <summary>Finds out why a rollout is not ready, from the objects alone. Pure.</summary>
/// <remarks>
/// Status fields before events, which may be missing; causes before their consequences: a probe that fails because the
/// process keeps crashing is not the cause.
/// </remarks>
internal static class Diagnoser
{
    /// <summary>The causes, the most telling first; equal ones of several pods are one.</summary>
    public static IReadOnlyList<Diagnosis> Diagnose(RolloutObjects objects, DateTimeOffset now)
    {
        var ofDeployment = new[] { AdmissionRules.Diagnose(objects), DrainRules.OfDeletion(objects), DrainRules.OfOldPods(objects, now) };
        var pods = objects.NewPods;
        // The remains of a pod that was replaced explain nothing once its replacement is there.
        var ready = pods.Count(IsReady);
        var ofPods = pods.Where(pod => !IsReady(pod) && (IsActive(pod) || ready < objects.Desired)).Select(pod => OfPod(objects, pod, now));
        return
        [
            .. ofDeployment.Concat(ofPods).OfType<Diagnosis>()
                .GroupBy(diagnosis => diagnosis.Signature)
                .Select(group => Merged([.. group], pods.Count))
                .OrderBy(CauseOrder.Of)
                .ThenBy(diagnosis => diagnosis.Class)
                .ThenByDescending(diagnosis => diagnosis.Pods.Count),
        ];
    }

    public static bool IsReady(V1Pod pod) => pod.Status?.Conditions?.Any(condition => condition.Type == "Ready" && condition.Status == "True") == true;

    /// <summary>Whether it can still become ready: what has ended stays ended, and is replaced.</summary>
    public static bool IsActive(V1Pod pod) => pod.Status?.Phase is not ("Failed" or "Succeeded");

    // One line for all of them: that of the pod on which it was seen most often.
    private static Diagnosis Merged(IReadOnlyList<Diagnosis> same, int pods)
    {
        var telling = same.MaxBy(diagnosis => diagnosis.Times)!;
        return telling with { Pods = [.. telling.Pods, .. same.SelectMany(item => item.Pods).Except(telling.Pods)], OfPods = pods };
    }

    private static Diagnosis? OfPod(RolloutObjects objects, V1Pod pod, DateTimeOffset now)
    {
        var diagnosis = DisruptionRules.Diagnose(pod)
            ?? SchedulingRules.Diagnose(objects, pod, now)
            ?? ContainerRules.Diagnose(objects, pod)
            ?? MountRules.Diagnose(objects, pod)
            ?? PullRules.Diagnose(objects, pod, now)
            ?? ReadinessRules.Diagnose(objects, pod, now);
        return diagnosis is null ? null : diagnosis with { Pods = [pod.Metadata.Name] };
    }
}
