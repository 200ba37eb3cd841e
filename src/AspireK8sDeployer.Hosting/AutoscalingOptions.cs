using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Hosting;

/// <summary>
/// How the number of replicas is moved between its bounds, when they differ. What is left alone comes from configuration, else from the
/// default.
/// </summary>
public sealed class AutoscalingOptions
{
    /// <summary>What moves it. The default is <see cref="AutoscalerKind.Hpa"/>.</summary>
    public SettingValue<AutoscalerKind>? Autoscaler { get; set; }

    /// <summary>What is looked at. The default is <see cref="AutoscalingMetric.Cpu"/>.</summary>
    public SettingValue<AutoscalingMetric>? Metric { get; set; }

    /// <summary>
    /// What is kept on average: percent of the request for processors and memory, 70 by default; else the amount of one replica, which
    /// has no default.
    /// </summary>
    public SettingValue<int>? Target { get; set; }

    /// <summary>Where KEDA asks for the metrics of pipelines, for example <c>http://prometheus.monitoring:9090</c>.</summary>
    public SettingValue<string>? PrometheusAddress { get; set; }
}
