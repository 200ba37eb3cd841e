using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Render;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>What planning one object needs to know of the others.</summary>
/// <param name="Settings">The settings.</param>
/// <param name="Manifest">What is desired.</param>
/// <param name="Live">What the cluster has.</param>
/// <param name="Policy">What may be done to what is in the way.</param>
internal sealed record PlanContext(DeploymentSettings Settings, RenderedManifest Manifest, LiveObjects Live, PlanPolicy Policy)
{
    public Replicas Replicas => Replicas.Of(Settings.Resources);

    public Masking Masking { get; } = Masking.Of(Settings);

    /// <summary>The autoscalers of ours that say how many replicas there are, also one among the additional objects.</summary>
    public IReadOnlyList<RenderedObject> Autoscalers { get; } = [.. Manifest.Objects.Where(item => Plan.Autoscalers.Is(item.Id) && Plan.Autoscalers.Scales(item.Body, Settings.Name))];

    public bool Autoscaled => Autoscalers.Count > 0;

    /// <summary>Whether an autoscaler of ours goes with this deploy.</summary>
    public bool DropsAutoscaler => Live.Objects.Keys.Except(Manifest.Objects.Select(item => item.Id)).Any(Plan.Autoscalers.Is);

    /// <summary>Whether the cluster takes objects of the deployment now; otherwise the namespace is still to be made.</summary>
    public bool HasNamespace => Live.HasNamespace && !Live.NamespaceIsTerminating;

    public bool IsItsDeployment(ObjectId id) => id == Cluster.ObjectKind.Deployment.Id(Settings.Namespace, Settings.Name);

    /// <summary>For example <c>replicas: 7 (autoscaler, min 2 max 10)</c>; null when no autoscaler says how many.</summary>
    public string? ReplicasNote(ObjectId id, JsonObject live)
    {
        if (!Autoscaled || !IsItsDeployment(id) || live["spec"]?["replicas"] is not { } replicas)
        {
            return null;
        }

        var limits = Plan.Autoscalers.LimitsOf(Autoscalers[0].Body);
        return $"replicas: {replicas} (autoscaler, min {limits.Minimum} max {limits.Maximum})";
    }
}
