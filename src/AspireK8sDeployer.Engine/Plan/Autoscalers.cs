using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>What moves the number of replicas.</summary>
internal static class Autoscalers
{
    private static readonly ObjectKind[] Kinds = [ObjectKind.Autoscaler, ObjectKind.ScaledObject];

    public static bool Is(ObjectId id) => Kinds.Any(kind => kind.Kind == id.Kind && kind.ApiVersion.Split('/')[0] == id.ApiVersion.Split('/')[0]);

    /// <summary>Whether it is the Deployment of this name that it scales.</summary>
    public static bool Scales(JsonObject autoscaler, string deployment) =>
        autoscaler["spec"]?["scaleTargetRef"] is JsonObject target
        && (string?)target["name"] == deployment
        && ((string?)target["kind"] ?? ObjectKind.Deployment.Kind) == ObjectKind.Deployment.Kind;

    /// <summary>Between how many replicas it moves; the API's own defaults where it does not say.</summary>
    public static (int Minimum, int Maximum) LimitsOf(JsonObject autoscaler)
    {
        var spec = autoscaler["spec"];
        return (string?)autoscaler["kind"] == ObjectKind.ScaledObject.Kind
            ? ((int?)spec?["minReplicaCount"] ?? 0, (int?)spec?["maxReplicaCount"] ?? 100)
            : ((int?)spec?["minReplicas"] ?? 1, (int?)spec?["maxReplicas"] ?? 1);
    }
}
