using AspireK8sDeployer.Engine.Wait;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Diagnose;

/// <summary>What is on its way out, and what holds it.</summary>
internal static class DrainRules
{
    // Some of a pod's end comes after its grace: volumes, the network, the kubelet's own rounds.
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(30);

    // Of Kubernetes itself; they go when what they wait for has gone.
    private static readonly string[] OfTheCluster = ["foregroundDeletion", "orphan"];

    /// <summary>The Deployment itself is being deleted.</summary>
    public static Diagnosis? OfDeletion(RolloutObjects objects)
    {
        if (objects.Deployment?.Metadata is not { DeletionTimestamp: not null } deleted)
        {
            return null;
        }

        var holders = Holders(deleted);
        if (holders.Count > 0)
        {
            return new Diagnosis(
                "FINALIZER", FailureClass.Waits, $"somebody deletes it, and finalizer {string.Join(", ", holders)} holds it",
                "see what sets the finalizer: it has to take it away; then deploy again")
            {
                Evidence = $"metadata.finalizers = {string.Join(", ", deleted.Finalizers)}",
            };
        }

        return new Diagnosis(
            "OLD_PODS_TERMINATING", FailureClass.Waits, $"somebody deletes it, and {Counted(objects.TerminatingPods.Count)} still stopping",
            "deploy again once it is gone; it waits for its pods to stop")
        {
            Evidence = $"metadata.deletionTimestamp; finalizers {string.Join(", ", deleted.Finalizers ?? [])}",
        };
    }

    /// <summary>Pods that should have gone: the rollout is done without them, but they hold what they have.</summary>
    public static Diagnosis? OfOldPods(RolloutObjects objects, DateTimeOffset now)
    {
        if (objects.Deployment?.Metadata.DeletionTimestamp is not null || objects.TerminatingPods is not [_, ..] stopping)
        {
            return null;
        }

        // The time of deletion is the one at which its grace ends.
        var held = stopping.FirstOrDefault(pod => Holders(pod.Metadata).Count > 0 && (!Diagnoser.IsActive(pod) || IsLate(pod, now)));
        if (held is not null)
        {
            return new Diagnosis(
                "FINALIZER", FailureClass.Warns, $"it has stopped, and finalizer {string.Join(", ", Holders(held.Metadata))} keeps it from going",
                "see what sets the finalizer: it has to take it away")
            {
                Pods = [held.Metadata.Name],
                Evidence = $"metadata.finalizers = {string.Join(", ", held.Metadata.Finalizers)}",
            };
        }

        if (stopping.FirstOrDefault(pod => IsLate(pod, now)) is { } lost)
        {
            return new Diagnosis(
                "NODE_LOST", FailureClass.Warns, $"it should have stopped by now; node {lost.Spec.NodeName} does not say that it has",
                $"see 'kubectl describe node {lost.Spec.NodeName}'")
            {
                Pods = [lost.Metadata.Name],
                Evidence = "metadata.deletionTimestamp is past",
            };
        }

        return new Diagnosis(
            "OLD_PODS_TERMINATING", FailureClass.Warns, $"{Counted(stopping.Count)} still stopping (grace {Grace(stopping)} s)", "nothing; they go when they have stopped, or when their grace is over")
        {
            Evidence = "metadata.deletionTimestamp",
        };
    }

    private static bool IsLate(V1Pod pod, DateTimeOffset now) => now - pod.Metadata.DeletionTimestamp > Late;

    private static long Grace(IReadOnlyList<V1Pod> pods) => pods.Max(pod => pod.Metadata.DeletionGracePeriodSeconds ?? pod.Spec.TerminationGracePeriodSeconds ?? 30);

    private static IReadOnlyList<string> Holders(V1ObjectMeta item) => [.. (item.Finalizers ?? []).Except(OfTheCluster)];

    private static string Counted(int pods) => pods switch
    {
        0 => "what belongs to it is",
        1 => "1 pod is",
        _ => $"{pods} pods are",
    };
}
