using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Preflight;

/// <summary>One idea of what can be known before anything is done.</summary>
internal interface IPreflightCheck
{
    /// <summary>What is wrong with the cluster for this deployment. What may not be looked at ends it with the API's refusal.</summary>
    Task<IEnumerable<Finding>> CheckAsync(PlannedDeployment deployment, ClusterFacts facts);
}
