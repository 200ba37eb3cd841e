using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>What a plan is to bring about: what settings say, or what an earlier deploy has recorded.</summary>
internal interface IDesiredState
{
    DeploymentIdentity Deployment { get; }

    /// <summary>The objects as far as they are known before the cluster is asked; names that depend on it may still differ.</summary>
    IReadOnlyList<ObjectId> ExpectedObjects { get; }

    /// <summary>The objects for a cluster in which these are.</summary>
    DesiredObjects In(LiveObjects live);
}
