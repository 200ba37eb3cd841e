using AspireK8sDeployer.Engine.Render;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>What planning one object needs to know of the others.</summary>
/// <param name="Settings">The settings.</param>
/// <param name="Manifest">What is desired.</param>
/// <param name="Live">What the cluster has.</param>
internal sealed record PlanContext(DeploymentSettings Settings, RenderedManifest Manifest, LiveObjects Live)
{
    public Replicas Replicas => Replicas.Of(Settings.Resources);

    /// <summary>Whether an autoscaler of ours says how many replicas there are, also one among the additional objects.</summary>
    public bool Autoscaled => Manifest.Objects.Any(item => Autoscalers.Is(item.Id) && Autoscalers.Scales(item.Body, Settings.Name));

    /// <summary>Whether an autoscaler of ours goes with this deploy.</summary>
    public bool DropsAutoscaler => Live.Objects.Keys.Except(Manifest.Objects.Select(item => item.Id)).Any(Autoscalers.Is);
}
