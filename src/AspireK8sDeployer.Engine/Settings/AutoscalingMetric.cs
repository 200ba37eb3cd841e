namespace AspireK8sDeployer.Engine.Settings;

/// <summary>What an autoscaler looks at.</summary>
public enum AutoscalingMetric
{
    /// <summary>Processor utilisation.</summary>
    Cpu,

    /// <summary>Memory utilisation.</summary>
    Memory,
}
