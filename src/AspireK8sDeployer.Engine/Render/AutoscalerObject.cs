using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>The HorizontalPodAutoscaler, when minimum and maximum differ.</summary>
internal static class AutoscalerObject
{
    public static RenderedObject? Render(DeploymentSettings settings, ObjectMetadata metadata)
    {
        var replicas = Replicas.Of(settings.Resources);
        if (!replicas.Autoscaled)
        {
            return null;
        }

        var (id, body) = metadata.Begin("autoscaling/v2", "HorizontalPodAutoscaler", settings.Name);
        body["spec"] = new JsonObject
        {
            ["scaleTargetRef"] = new JsonObject { ["apiVersion"] = "apps/v1", ["kind"] = "Deployment", ["name"] = settings.Name },
            ["minReplicas"] = replicas.Minimum,
            ["maxReplicas"] = replicas.Maximum,
            ["metrics"] = new JsonArray(Metric(settings.Autoscaling)),
        };
        return new RenderedObject(id, body);
    }

    private static JsonObject Metric(AutoscalingSettings autoscaling) => new()
    {
        ["type"] = "Resource",
        ["resource"] = new JsonObject
        {
            ["name"] = autoscaling.Metric == AutoscalingMetric.Memory ? "memory" : "cpu",
            ["target"] = new JsonObject { ["type"] = "Utilization", ["averageUtilization"] = autoscaling.Target ?? AutoscalingSettings.DefaultUtilization },
        },
    };
}
