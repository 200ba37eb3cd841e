using AspireK8sDeployer.Engine.Diagnose;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Wait;

/// <summary>A volume claim is ready when it has its volume, or when the pod that needs it decides on that.</summary>
internal static class ClaimReadiness
{
    public static SideState Of(V1PersistentVolumeClaim claim, RolloutObjects objects)
    {
        var item = $"PersistentVolumeClaim/{claim.Metadata.Name}";
        return claim.Status?.Phase switch
        {
            "Bound" => SideState.Ready(item),
            "Lost" => SideState.Of(new Diagnosis("PVC_PENDING", FailureClass.FatalOnProof, "its volume is lost", "give it another volume; what was on the old one is gone") { Object = item, Evidence = "status.phase = Lost" }),
            _ when objects.EventsOf(claim.Metadata).Any(@event => @event.Reason == "WaitForFirstConsumer") => SideState.Ready(item),
            _ => SideState.Of(Pending(claim, objects, item)),
        };
    }

    private static Diagnosis Pending(V1PersistentVolumeClaim claim, RolloutObjects objects, string item)
    {
        var said = objects.EventsOf(claim.Metadata).FirstOrDefault();
        return new Diagnosis("PVC_PENDING", FailureClass.Waits, said is null ? "it has no volume" : $"it has no volume: {said.Message}", $"see 'kubectl describe pvc {claim.Metadata.Name}'")
        {
            Object = item,
            Evidence = said is null ? "status.phase = Pending" : $"event {said.Reason}: {said.Message}",
        };
    }
}
