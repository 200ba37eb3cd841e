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

    /// <summary>Whether a conflict is with one of them: it writes through the scale subresource, in its process's name.</summary>
    public static bool Wrote(FieldConflict conflict) =>
        conflict.Field == ".spec.replicas"
        && (conflict.Manager == "kube-controller-manager" || conflict.Manager.StartsWith("keda", StringComparison.Ordinal));
}
