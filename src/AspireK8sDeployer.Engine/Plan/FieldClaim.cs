namespace AspireK8sDeployer.Engine.Plan;

/// <summary>What a plan makes of a field that another manager keeps.</summary>
public enum FieldClaim
{
    /// <summary>A person changed by hand what is ours: the deploy is refused, unless it may take over.</summary>
    Drift,

    /// <summary>Another program keeps it: the deploy is refused.</summary>
    Foreign,

    /// <summary>It is taken: whoever wrote it has no claim to it any more, or the deploy may take over.</summary>
    Taken,

    /// <summary>It is left to the manager, whose field it is by nature, as an autoscaler's is the number of replicas.</summary>
    Left,
}
