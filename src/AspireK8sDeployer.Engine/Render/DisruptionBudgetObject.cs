using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>The PodDisruptionBudget, which has nodes drained one replica at a time.</summary>
internal static class DisruptionBudgetObject
{
    public static RenderedObject? Render(DeploymentSettings settings, ObjectMetadata metadata)
    {
        if (!(settings.PodDisruptionBudget ?? Replicas.Of(settings.Resources).Minimum >= 2))
        {
            return null;
        }

        var (id, body) = metadata.Begin("policy/v1", "PodDisruptionBudget", settings.Name);
        body["spec"] = new JsonObject
        {
            // Not a number that must stay: with as many replicas as that, no node could ever be drained.
            ["maxUnavailable"] = 1,
            ["selector"] = new JsonObject { ["matchLabels"] = metadata.Selector() },
            // A replica that is not ready serves nobody, and must not hold up the drain that would cure it.
            ["unhealthyPodEvictionPolicy"] = "AlwaysAllow",
        };
        return new RenderedObject(id, body);
    }
}
