namespace AspireK8sDeployer.Engine;

/// <summary>Knobs of the engine itself: how it deploys, not what.</summary>
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

    /// <summary>What happens to objects that have the names of ours and were not made by us.</summary>
    public AdoptionPolicy Adoption { get; set; } = AdoptionPolicy.Never;

    /// <summary>Whether what people changed in our objects by hand is overwritten; otherwise the deploy is refused, and names them.</summary>
    public bool TakeOver { get; set; }

    /// <summary>
    /// What may be deleted and made again when the cluster does not let a change be made to it: kinds (<c>Service</c>), objects
    /// (<c>Service/greeter</c>), or <c>*</c>. Never what holds data.
    /// </summary>
    public IReadOnlyList<string> Replacement { get; set; } = [];
}
