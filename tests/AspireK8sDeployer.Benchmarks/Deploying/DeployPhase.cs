namespace AspireK8sDeployer.Benchmarks.Deploying;

/// <summary>What a deploy has to do.</summary>
internal enum DeployPhase
{
    /// <summary>Nothing is there.</summary>
    Create,

    /// <summary>All is there already.</summary>
    NoOp,

    /// <summary>One field of one object of each deployment is another.</summary>
    Update,
}
