using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Wait;

namespace AspireK8sDeployer.Engine.Diagnose;

/// <summary>Whether KEDA has taken up a ScaledObject; that it is not active is how it looks at zero.</summary>
internal static class KedaRules
{
    public static SideState Of(JsonObject scaled)
    {
        var item = $"ScaledObject/{scaled["metadata"]?["name"]}";
        var conditions = scaled["status"]?["conditions"];
        var ready = Conditions.Find(conditions, "Ready", null);
        if (Conditions.Is(ready, "False"))
        {
            return SideState.Of(new Diagnosis("KEDA_NOT_READY", FailureClass.FatalOnProof, $"KEDA cannot scale by it: {Conditions.Words(ready!)}", "correct the trigger, or what it authenticates with")
            {
                Object = item,
                Evidence = "status.conditions[Ready].status = False",
            });
        }

        if (!Conditions.Is(ready, "True"))
        {
            return SideState.Of(new Diagnosis("KEDA_NOT_READY", FailureClass.Waits, "KEDA has not looked at it", "see whether KEDA runs: 'kubectl get pods -n keda'") { Object = item, Evidence = "no condition Ready" });
        }

        var fallback = Conditions.Find(conditions, "Fallback", null);
        return SideState.Ready(item, Conditions.Is(fallback, "True")
            ? new Diagnosis("KEDA_FALLBACK", FailureClass.Warns, $"it scales by its fallback: {Conditions.Words(fallback!)}", "see why the trigger does not answer") { Object = item, Evidence = "status.conditions[Fallback].status = True" }
            : null);
    }
}
