using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>
/// Who says how many replicas there are when an autoscaler does. Leaving the field out while we alone own it would set it
/// back to 1; sending it once the autoscaler has written it would be a conflict, and forcing that a fight.
/// </summary>
internal static class AutoscaledReplicas
{
    /// <summary>The Deployment as it is to be applied.</summary>
    /// <param name="desired">As rendered; its replicas are those to begin with.</param>
    /// <param name="live">As it is in the cluster, if it is.</param>
    /// <param name="minimum">The autoscaler's minimum.</param>
    public static JsonObject Apply(JsonObject desired, JsonObject? live, int minimum)
    {
        var body = (JsonObject)desired.DeepClone();
        var spec = body["spec"]!;
        if (live is not null && AppliedFields.OtherOwners(live, "spec", "replicas").Any())
        {
            spec.AsObject().Remove("replicas");
            return body;
        }

        // At least one to begin with, also where the autoscaler may take the last away: a rollout of none proves nothing.
        spec["replicas"] = live?["spec"]?["replicas"]?.DeepClone() ?? spec["replicas"]?.DeepClone() ?? Math.Max(minimum, 1);
        return body;
    }
}
