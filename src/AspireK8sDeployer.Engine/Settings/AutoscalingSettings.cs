namespace AspireK8sDeployer.Engine.Settings;

/// <summary>How the number of replicas is moved between its bounds, when they differ.</summary>
public sealed record AutoscalingSettings
{
    /// <summary>The average utilisation, in percent, that is kept when none is given.</summary>
    public const int DefaultUtilization = 70;

    /// <summary>What moves it.</summary>
    public AutoscalerKind Autoscaler { get; init; }

    /// <summary>What is looked at.</summary>
    public AutoscalingMetric Metric { get; init; }

    /// <summary>
    /// What is kept on average: percent of the request for processors and memory, 70 when absent; else the amount of one
    /// replica, which must be given.
    /// </summary>
    public int? Target { get; init; }

    /// <summary>What is kept on average; the percentage's default where none is given.</summary>
    internal int TargetOrDefault => Target ?? DefaultUtilization;

    /// <summary>Where KEDA asks for the metrics of Serving, for example <c>http://prometheus.monitoring:9090</c>.</summary>
    public string? PrometheusAddress { get; init; }
}
