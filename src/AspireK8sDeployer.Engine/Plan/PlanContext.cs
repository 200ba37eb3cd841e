using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>What planning one object needs to know of the others.</summary>
/// <param name="Settings">The settings.</param>
/// <param name="Live">What the cluster has.</param>
internal sealed record PlanContext(DeploymentSettings Settings, LiveObjects Live)
{
    public Replicas Replicas => Replicas.Of(Settings.Resources);
}
