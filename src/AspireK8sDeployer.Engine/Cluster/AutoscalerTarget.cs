using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>What an autoscaler scales, and whose it is.</summary>
/// <param name="Name">Its own name.</param>
/// <param name="Deployment">The Deployment that it scales; null when it is something else.</param>
/// <param name="ScaledObjects">The names of the ScaledObjects that made it.</param>
internal sealed record AutoscalerTarget(string Name, string? Deployment, IReadOnlyList<string> ScaledObjects)
{
    public static AutoscalerTarget Of(JsonObject autoscaler)
    {
        var target = autoscaler["spec"]?["scaleTargetRef"] as JsonObject;
        var isDeployment = ((string?)target?["kind"] ?? ObjectKind.Deployment.Kind) == ObjectKind.Deployment.Kind;
        return new AutoscalerTarget(
            (string)autoscaler["metadata"]!["name"]!,
            isDeployment ? (string?)target?["name"] : null,
            [
                .. (autoscaler["metadata"]!["ownerReferences"] as JsonArray ?? [])
                    .Where(owner => (string?)owner?["kind"] == ObjectKind.ScaledObject.Kind).Select(owner => (string?)owner!["name"] ?? ""),
            ]);
    }
}
