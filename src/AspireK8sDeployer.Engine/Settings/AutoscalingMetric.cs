namespace AspireK8sDeployer.Engine.Settings;

/// <summary>What an autoscaler looks at.</summary>
public enum AutoscalingMetric
{
    /// <summary>Processor utilisation, in percent of the request.</summary>
    Cpu,

    /// <summary>Memory utilisation, in percent of the request.</summary>
    Memory,

    /// <summary>Invocations that one replica works on at the same time.</summary>
    Concurrency,

    /// <summary>Invocations that one replica finishes in a second.</summary>
    Rps,
}
