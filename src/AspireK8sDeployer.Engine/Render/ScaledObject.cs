using System.Globalization;
using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>KEDA's ScaledObject, when minimum and maximum differ and it is asked for.</summary>
internal static class ScaledObject
{
    public static RenderedObject? Render(DeploymentSettings settings, ObjectMetadata metadata)
    {
        var replicas = Replicas.Of(settings.Resources);
        if (!replicas.Autoscaled || settings.Autoscaling.Autoscaler != AutoscalerKind.Keda)
        {
            return null;
        }

        var (id, body) = metadata.Begin("keda.sh/v1alpha1", "ScaledObject", settings.Name);
        body["spec"] = new JsonObject
        {
            ["scaleTargetRef"] = new JsonObject { ["apiVersion"] = "apps/v1", ["kind"] = "Deployment", ["name"] = settings.Name },
            ["minReplicaCount"] = replicas.Minimum,
            ["maxReplicaCount"] = replicas.Maximum,
            ["triggers"] = new JsonArray(Trigger(settings)),
        };
        return new RenderedObject(id, body);
    }

    private static JsonObject Trigger(DeploymentSettings settings) => settings.Autoscaling.Metric switch
    {
        AutoscalingMetric.Concurrency or AutoscalingMetric.Rps => Prometheus(settings),
        AutoscalingMetric.Memory => Utilization("memory", settings),
        _ => Utilization("cpu", settings),
    };

    private static JsonObject Utilization(string resource, DeploymentSettings settings)
    {
        var metadata = new JsonObject { ["value"] = Text(settings.Autoscaling.TargetOrDefault) };
        if (PodContainers.RunBeside(settings.Pod))
        {
            metadata["containerName"] = settings.Name;
        }

        return new() { ["type"] = resource, ["metricType"] = "Utilization", ["metadata"] = metadata };
    }

    // An average: what the query sums up over all replicas is divided by their number.
    private static JsonObject Prometheus(DeploymentSettings settings) => new()
    {
        ["type"] = "prometheus",
        ["metricType"] = "AverageValue",
        ["metadata"] = new JsonObject
        {
            ["serverAddress"] = settings.Autoscaling.PrometheusAddress,
            ["query"] = PipelineMetrics.Query(settings),
            ["threshold"] = Text(settings.Autoscaling.TargetOrDefault),
        },
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
