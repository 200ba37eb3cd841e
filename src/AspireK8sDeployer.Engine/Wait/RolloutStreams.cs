using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Wait;

/// <summary>The streams that tell of rollouts; one for each kind and namespace, however many rollouts are waited for.</summary>
internal sealed class RolloutStreams(ClusterObjects cluster)
{
    private static readonly ObjectKind[] Kinds = [ObjectKind.Deployment, ObjectKind.ReplicaSet, ObjectKind.Pod, ObjectKind.Event];

    private readonly StreamHub _hub = new(cluster);

    /// <summary>Begins to follow a rollout; the caller disposes it.</summary>
    public StreamSubscription Follow(DeploymentIdentity deployment) => _hub.Follow(deployment, Kinds);

    /// <summary>Begins to follow a rollout, and other objects of the same deployment.</summary>
    public StreamSubscription Follow(DeploymentIdentity deployment, IReadOnlyList<ObjectKind> others) => _hub.Follow(deployment, [.. Kinds, .. others]);
}
