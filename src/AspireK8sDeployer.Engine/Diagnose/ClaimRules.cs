using AspireK8sDeployer.Engine.Wait;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Diagnose;

/// <summary>Why a volume claim has no volume, from its events.</summary>
internal static class ClaimRules
{
    private static readonly string[] Reasons = ["ProvisioningFailed", "FailedBinding", "ExternalProvisioning", "WaitForFirstConsumer"];

    public static IReadOnlyList<string> NamesOf(V1Pod pod) => [.. (pod.Spec.Volumes ?? []).Select(volume => volume.PersistentVolumeClaim?.ClaimName).OfType<string>()];

    public static Diagnosis Refine(Diagnosis diagnosis, RolloutObjects objects, V1Pod pod)
    {
        var names = NamesOf(pod);
        var said = objects.Events
            .Where(@event => @event.InvolvedObject?.Kind == "PersistentVolumeClaim" && names.Contains(@event.InvolvedObject.Name) && Reasons.Contains(@event.Reason))
            .OrderBy(@event => Array.IndexOf(Reasons, @event.Reason))
            .FirstOrDefault();
        if (said is null || said.Reason == "WaitForFirstConsumer")
        {
            return diagnosis;
        }

        var fix = said.Message.Contains("no storage class is set", StringComparison.Ordinal)
            ? "name a storage class in the claim ('kubectl get storageclass' lists them), or make one the default"
            : diagnosis.Fix;
        return diagnosis with
        {
            // A class that does not exist, or none at all, stays so; a provisioner may only be slow.
            Class = said.Reason == "FailedBinding" && said.Message.Contains("no storage class is set", StringComparison.Ordinal) ? FailureClass.FatalOnProof : diagnosis.Class,
            Problem = $"{diagnosis.Problem}; volume claim {said.InvolvedObject!.Name}: {said.Message}",
            Fix = fix,
        };
    }
}
