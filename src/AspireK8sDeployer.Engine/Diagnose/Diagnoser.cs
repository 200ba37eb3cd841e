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
        if (objects.NewReplicaSet is not { } set)
        {
            return [];
        }

        var created = AdmissionRules.Diagnose(objects, set);
        var unready = objects.NewPods.Where(pod => !IsReady(pod));
        var found = unready.Select(pod => OfPod(objects, pod, now)).OfType<Diagnosis>();
        return
        [
            .. (created is null ? found : found.Prepend(created))
                .GroupBy(diagnosis => diagnosis.Signature)
                .Select(group => group.MaxBy(diagnosis => diagnosis.Times)!)
                .OrderBy(diagnosis => diagnosis.Class),
        ];
    }

    public static bool IsReady(V1Pod pod) => pod.Status?.Conditions?.Any(condition => condition.Type == "Ready" && condition.Status == "True") == true;

    private static Diagnosis? OfPod(RolloutObjects objects, V1Pod pod, DateTimeOffset now)
    {
        var diagnosis = SchedulingRules.Diagnose(pod, now)
            ?? ContainerRules.Diagnose(objects, pod)
            ?? MountRules.Diagnose(objects, pod)
            ?? ReadinessRules.Diagnose(objects, pod, now);
        return diagnosis is null ? null : diagnosis with { Pod = pod.Metadata.Name };
    }
}
