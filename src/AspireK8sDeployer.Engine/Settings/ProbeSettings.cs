namespace AspireK8sDeployer.Engine.Settings;

/// <summary>One HTTP probe of the container. Times are in seconds, as Kubernetes counts them.</summary>
public sealed record ProbeSettings
{
    /// <summary>The path that is asked; the probe's own default when absent.</summary>
    public string? Path { get; init; }

    /// <summary>Seconds from the container's start to the first request.</summary>
    public int InitialDelaySeconds { get; init; }

    /// <summary>Seconds from one request to the next.</summary>
    public int PeriodSeconds { get; init; } = 10;

    /// <summary>Seconds after which a request counts as failed.</summary>
    public int TimeoutSeconds { get; init; } = 2;

    /// <summary>Answers in a row that make it succeed; 1 but for readiness.</summary>
    public int SuccessThreshold { get; init; } = 1;

    /// <summary>Failures in a row that make it fail.</summary>
    public int FailureThreshold { get; init; } = 3;

    /// <summary>Whether the probe is made at all.</summary>
    public bool Enabled { get; init; } = true;
}
