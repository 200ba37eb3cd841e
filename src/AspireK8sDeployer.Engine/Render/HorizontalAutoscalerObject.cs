using System.Globalization;
using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>The HorizontalPodAutoscaler, when minimum and maximum differ and KEDA is not asked for.</summary>
internal static class HorizontalAutoscalerObject
{
    public static RenderedObject? Render(DeploymentSettings settings, ObjectMetadata metadata)
    {
        var replicas = Replicas.Of(settings.Resources);
        if (!replicas.Autoscaled || settings.Autoscaling.Autoscaler != AutoscalerKind.Hpa)
        {
            return null;
        }

        var (id, body) = metadata.Begin("autoscaling/v2", "HorizontalPodAutoscaler", settings.Name);
        body["spec"] = new JsonObject
        {
            ["scaleTargetRef"] = new JsonObject { ["apiVersion"] = "apps/v1", ["kind"] = "Deployment", ["name"] = settings.Name },
            ["minReplicas"] = replicas.Minimum,
            ["maxReplicas"] = replicas.Maximum,
            ["metrics"] = new JsonArray(Metric(settings)),
        };
        return new RenderedObject(id, body);
    }

    private static JsonObject Metric(DeploymentSettings settings) => settings.Autoscaling.Metric switch
    {
        AutoscalingMetric.Memory => Utilization("memory", settings),
        AutoscalingMetric.Concurrency => Pods(PipelineMetrics.InFlight, settings.Autoscaling.TargetOrDefault),
        AutoscalingMetric.Rps => Pods(PipelineMetrics.PerSecond, settings.Autoscaling.TargetOrDefault),
        _ => Utilization("cpu", settings),
    };

    private static JsonObject Utilization(string resource, DeploymentSettings settings)
    {
        var target = new JsonObject { ["type"] = "Utilization", ["averageUtilization"] = settings.Autoscaling.TargetOrDefault };
        return PodContainers.RunBeside(settings.Pod)
            ? new()
            {
                ["type"] = "ContainerResource",
                ["containerResource"] = new JsonObject { ["name"] = resource, ["container"] = settings.Name, ["target"] = target },
            }
            : new()
            {
                ["type"] = "Resource",
                ["resource"] = new JsonObject { ["name"] = resource, ["target"] = target },
            };
    }

    private static JsonObject Pods(string metric, int average) => new()
    {
        ["type"] = "Pods",
        ["pods"] = new JsonObject
        {
            ["metric"] = new JsonObject { ["name"] = metric },
            ["target"] = new JsonObject { ["type"] = "AverageValue", ["averageValue"] = Quantity(average) },
        },
    };

    // As the server writes a number: thousands by their suffix. Anything else would look changed every time.
    private static string Quantity(long number)
    {
        string[] suffixes = ["", "k", "M", "G"];
        var suffix = 0;
        for (; number % 1000 == 0 && suffix < suffixes.Length - 1; suffix++)
        {
            number /= 1000;
        }

        return number.ToString(CultureInfo.InvariantCulture) + suffixes[suffix];
    }
}
