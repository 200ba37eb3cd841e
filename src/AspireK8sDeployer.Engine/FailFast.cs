namespace AspireK8sDeployer.Engine;

/// <summary>When a failing rollout is given up before its time is over.</summary>
public enum FailFast
{
    /// <summary>When the cause is proven: it cannot heal, or it came back three times.</summary>
    Proof,

    /// <summary>When the cause is first seen. Right where nobody else mends things meanwhile, as on one's own machine.</summary>
    Eager,

    /// <summary>Only when the time is over.</summary>
    Off,
}
