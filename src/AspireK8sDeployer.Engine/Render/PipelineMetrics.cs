using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>What Serving measures, and how it is asked for.</summary>
internal static class PipelineMetrics
{
    /// <summary>Where pods answer <c>/metrics</c>. It is not in the Service: callers of the pipeline have no use for it.</summary>
    public const int Port = 9464;

    /// <summary>The port's name.</summary>
    public const string PortName = "metrics";

    /// <summary>Invocations that a replica works on now.</summary>
    public const string InFlight = "pipeline_invocations_in_flight";

    /// <summary>The rate of <see cref="Total"/>, which a metrics adapter makes of it for each pod.</summary>
    public const string PerSecond = "pipeline_invocations_per_second";

    private const string Total = "pipeline_invocations_total";

    // Serving's own label: which others a series has depends on how Prometheus was told to find the pods.
    private const string DeploymentLabel = "deployment_id";

    /// <summary>Whether an autoscaler looks at what Serving measures.</summary>
    public static bool AreUsed(DeploymentSettings settings) => Replicas.Of(settings.Resources).Autoscaled && settings.Autoscaling.Metric.IsOfServing;

    /// <summary>The sum over all replicas of this one deployment, in the language of Prometheus.</summary>
    public static string Query(DeploymentSettings settings)
    {
        var series = $"{{{DeploymentLabel}=\"{StableId.Of(settings.Identity)}\"}}";
        return settings.Autoscaling.Metric == AutoscalingMetric.Rps ? $"sum(rate({Total}{series}[1m]))" : $"sum({InFlight}{series})";
    }
}
