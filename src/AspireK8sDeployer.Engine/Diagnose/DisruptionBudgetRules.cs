using AspireK8sDeployer.Engine.Wait;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Diagnose;

/// <summary>A disruption budget never stops a rollout; but one that allows nothing stops whoever empties a node.</summary>
internal static class DisruptionBudgetRules
{
    public static SideState Of(V1PodDisruptionBudget budget)
    {
        var item = $"PodDisruptionBudget/{budget.Metadata.Name}";
        var status = budget.Status;
        if (status is null || (status.ObservedGeneration ?? 0) < (budget.Metadata.Generation ?? 0))
        {
            return SideState.Ready(item);
        }

        var disallowed = status.Conditions?.FirstOrDefault(condition => condition is { Type: "DisruptionAllowed", Status: "False" });
        return SideState.Ready(item, disallowed?.Reason switch
        {
            "SyncFailed" => Of("PDB_OVERLAP", $"it protects nothing: {disallowed.Message}", "see whether another budget is for the same pods"),
            // With fewer pods than it wants it only waits for them.
            "InsufficientPods" when status.ExpectedPods > 0 && status.DesiredHealthy >= status.ExpectedPods => Of(
                "PDB_BLOCKS", $"it lets none of {status.ExpectedPods} pods be evicted (it wants {status.DesiredHealthy} healthy): no node with one can be drained", "have one replica more, or let it allow one less"),
            _ => null,
        });

        Diagnosis Of(string code, string problem, string fix) => new(code, FailureClass.Warns, problem, fix) { Object = item, Evidence = $"status.conditions[DisruptionAllowed].reason = {disallowed?.Reason}, disruptionsAllowed {status.DisruptionsAllowed}" };
    }
}
