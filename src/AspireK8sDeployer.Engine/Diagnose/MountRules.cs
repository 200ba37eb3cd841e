using AspireK8sDeployer.Engine.Wait;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Diagnose;

/// <summary>Volumes and the network of a pod that waits for its first container. Only events tell.</summary>
internal static class MountRules
{
    // The kubelet begins with half a second and doubles it: the last of these comes half a minute after the first.
    private const int Attempts = 7;

    public static Diagnosis? Diagnose(RolloutObjects objects, V1Pod pod)
    {
        if (pod.Status?.Phase != "Pending" || pod.Spec.NodeName is null)
        {
            return null;
        }

        var events = objects.EventsOf(pod.Metadata).ToList();
        // Images are pulled after volumes and network are there: then none of this is true any more.
        if (events.Any(item => item.Reason is "Pulling" or "Pulled" or "Created" or "Started"))
        {
            return null;
        }

        var failures = events.Where(item => item.Reason is "FailedMount" or "FailedAttachVolume" or "FailedCreatePodSandBox" or "NetworkNotReady").ToList();
        // What is missing tells more than that time went by without it.
        var telling = failures.FirstOrDefault(IsMissing) ?? failures.FirstOrDefault();
        return telling is null ? null : Of(pod, telling) with { Evidence = $"event {telling.Reason}: {telling.Message}", Times = RolloutObjects.Count(telling), ProvenAfter = Attempts };
    }

    private static Diagnosis Of(V1Pod pod, Corev1Event @event) => @event.Reason switch
    {
        "FailedCreatePodSandBox" or "NetworkNotReady" => new Diagnosis(
            "SANDBOX", FailureClass.Waits, $"node {pod.Spec.NodeName} cannot set up the pod: {@event.Message}", "look at the node: its network plugin is not well"),
        _ when IsMissing(@event) => new Diagnosis("MOUNT_SECRET", FailureClass.FatalOnProof, @event.Message, "create it in the namespace, or correct its name"),
        _ when @event.Message.Contains("Multi-Attach", StringComparison.Ordinal) => new Diagnosis(
            "MOUNT_OTHER", FailureClass.Waits, @event.Message, "only one node may use the volume at a time: let the old pod go first (strategy Recreate), or use a volume that several may use"),
        _ => new Diagnosis("MOUNT_OTHER", FailureClass.Waits, @event.Message, "see 'kubectl describe pod' and the volume"),
    };

    private static bool IsMissing(Corev1Event @event) =>
        @event is { Reason: "FailedMount", Message: { } message }
        && (message.Contains("references non-existent", StringComparison.Ordinal)
            || (message.Contains("not found", StringComparison.Ordinal)
                && (message.Contains("secret \"", StringComparison.Ordinal) || message.Contains("configmap \"", StringComparison.Ordinal))));
}
