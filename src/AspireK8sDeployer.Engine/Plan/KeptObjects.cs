using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>
/// Secrets and ConfigMaps of older revisions are kept for as long as a ReplicaSet names them: it could not start a pod
/// without. Volume claims are kept for the sake of what is in them.
/// </summary>
internal sealed class KeptObjects(ClusterObjects cluster)
{
    private static readonly string[] Kinds = [ObjectKind.Secret.Kind, ObjectKind.ConfigMap.Kind];

    public async Task<IReadOnlyList<ObjectId>> AmongAsync(DeploymentIdentity deployment, IReadOnlyList<ObjectId> obsolete, CancellationToken cancellationToken)
    {
        // What is in a volume goes with its claim: that is for its owner to decide, or for the delete of all.
        var claims = obsolete.Where(IsClaim).ToList();
        var candidates = obsolete.Where(id => Kinds.Contains(id.Kind)).ToList();
        if (candidates.Count == 0)
        {
            return claims;
        }

        var sets = await cluster.ListAsync(ObjectKind.ReplicaSet, deployment.Namespace, ObjectSelector.OfDeployment(deployment.Name), cancellationToken).ConfigureAwait(false);
        var named = sets.Items.SelectMany(set => PodReferences.In(set["spec"]?["template"]?["spec"] as JsonObject ?? [])).ToHashSet();
        return [.. claims, .. candidates.Where(id => named.Contains((id.Kind, id.Name)))];
    }

    public static bool IsClaim(ObjectId id) => id is { Kind: "PersistentVolumeClaim", ApiVersion: "v1" };
}
