using AspireK8sDeployer.EmbeddedCluster.Api;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Controllers.Deployments;

/// <summary>Sets the size of a Deployment's ReplicaSets and says so in events.</summary>
internal sealed class ReplicaSetScaler(ControllerContext context)
{
    public const string Manager = "kube-controller-manager";
    public static readonly EventSource Source = new("deployment-controller", Manager);

    /// <summary>True when the size changed.</summary>
    public bool ScaleIfNeeded(V1Deployment deployment, V1ReplicaSet set, int size) =>
        RollingUpdate.Replicas(set) != size && Scale(deployment, set, size);

    /// <summary>Sets the size, and notes the Deployment's own even when the ReplicaSet's is right already.</summary>
    public bool Scale(V1Deployment deployment, V1ReplicaSet set, int size)
    {
        var before = RollingUpdate.Replicas(set);
        var noted = ReplicaSetAnnotations.SetReplicas(set, deployment);
        if (before == size && !noted)
        {
            return false;
        }

        set.Spec.Replicas = size;
        var updated = context.Api.Update(set, Manager);
        set.Metadata = updated.Metadata;
        if (before != size)
        {
            var direction = size > before ? "up" : "down";
            context.Events.Normal(Source, deployment, "ScalingReplicaSet", $"Scaled {direction} replica set {set.Metadata.Name} from {before} to {size}");
        }

        return before != size;
    }
}
