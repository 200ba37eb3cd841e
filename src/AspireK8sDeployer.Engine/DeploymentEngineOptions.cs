namespace AspireK8sDeployer.Engine;

/// <summary>Knobs of the engine itself; none changes what is deployed.</summary>
public sealed class DeploymentEngineOptions
{
    /// <summary>The clock and the timers.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>When a rollout is given up before its time is over.</summary>
    public FailFast FailFast { get; set; } = FailFast.Proof;

    /// <summary>How long a load balancer may take to give an address before the deploy ends with a warning.</summary>
    public TimeSpan AddressGrace { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a delete may take in all.</summary>
    public TimeSpan DeleteTimeout { get; set; } = TimeSpan.FromMinutes(5);
}
