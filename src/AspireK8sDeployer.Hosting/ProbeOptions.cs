namespace AspireK8sDeployer.Hosting;

/// <summary>
/// One HTTP probe of the pipeline's container. What is left alone comes from configuration, else from the default. Times are in seconds,
/// as Kubernetes counts them.
/// </summary>
public sealed class ProbeOptions
{
    /// <summary>Whether the probe is made. The default is yes.</summary>
    public SettingValue<bool>? Enabled { get; set; }

    /// <summary>The path that is asked. The default is <c>/health</c>, and <c>/health/live</c> for the liveness of a pipeline that we serve.</summary>
    public SettingValue<string>? Path { get; set; }

    /// <summary>Seconds from the container's start to the first request. The default is 0.</summary>
    public SettingValue<int>? InitialDelaySeconds { get; set; }

    /// <summary>Seconds from one request to the next. The default is 2 for readiness, 10 for liveness and 1 for startup.</summary>
    public SettingValue<int>? PeriodSeconds { get; set; }

    /// <summary>Seconds after which a request counts as failed. The default is 2.</summary>
    public SettingValue<int>? TimeoutSeconds { get; set; }

    /// <summary>Answers in a row that make it succeed, 1 or more for readiness, else always 1. The default is 1.</summary>
    public SettingValue<int>? SuccessThreshold { get; set; }

    /// <summary>Failures in a row that make it fail. The default is 3, and 300 for startup.</summary>
    public SettingValue<int>? FailureThreshold { get; set; }
}
