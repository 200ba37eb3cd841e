using AspireK8sDeployer.Engine.Wait;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Diagnose;

/// <summary>Volumes and the network of a pod that waits for its first container. Only events tell.</summary>
internal static class MountRules
{
    public static Diagnosis? Diagnose(RolloutObjects objects, V1Pod pod)
    {
        if (pod.Status?.Phase != "Pending" || pod.Spec.NodeName is null)
        {
            return null;
        }

        var @event = objects.EventsOf(pod.Metadata).FirstOrDefault(item => item.Reason is "FailedMount" or "FailedAttachVolume" or "FailedCreatePodSandBox");
        return @event?.Reason switch
        {
            null => null,
            "FailedCreatePodSandBox" => new Diagnosis("SANDBOX", FailureClass.Waits, $"node {pod.Spec.NodeName} cannot set up the pod: {@event.Message}", "look at the node: its network plugin is not well"),
            "FailedMount" when @event.Message.EndsWith("not found", StringComparison.Ordinal) || @event.Message.Contains("references non-existent", StringComparison.Ordinal) =>
                new Diagnosis("MOUNT_SECRET", FailureClass.FatalOnProof, @event.Message, "create it in the namespace, or correct its name"),
            _ => new Diagnosis("MOUNT_OTHER", FailureClass.Waits, @event.Message, "see 'kubectl describe pod' and the volume"),
        };
    }
}
