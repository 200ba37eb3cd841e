using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Releases;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>
/// What is not asked for any more and stays all the same: Secrets and ConfigMaps of older revisions for as long as a
/// ReplicaSet or a release names them, since neither could be brought back without; volume claims for the sake of what is in
/// them; and what its owner has marked.
/// </summary>
internal sealed class KeptObjects(ClusterObjects cluster)
{
    private static readonly string[] Kinds = [ObjectKind.Secret.Kind, ObjectKind.ConfigMap.Kind];

    public async Task<IReadOnlyList<ObjectId>> AmongAsync(
        DeploymentIdentity deployment, IReadOnlyList<ObjectId> obsolete, LiveObjects live, IReadOnlyList<Release> releases, CancellationToken cancellationToken)
    {
        var kept = obsolete.Where(id => KeepRules.Reason(id, live.Objects.GetValueOrDefault(id)) is not null).ToList();
        var needed = releases.SelectMany(release => release.Needs).ToHashSet();
        kept.AddRange(obsolete.Except(kept).Where(id => needed.Contains($"{id.Kind}/{id.Name}")).ToList());
        var candidates = obsolete.Except(kept).Where(id => Kinds.Contains(id.Kind)).ToList();
        if (candidates.Count > 0)
        {
            var sets = await cluster.ListAsync(ObjectKind.ReplicaSet, deployment.Namespace, ObjectSelector.OfDeployment(deployment.Name), cancellationToken).ConfigureAwait(false);
            var named = sets.Items.SelectMany(set => PodReferences.In(set["spec"]?["template"]?["spec"] as JsonObject ?? [])).ToHashSet();
            kept.AddRange(candidates.Where(id => named.Contains((id.Kind, id.Name))));
        }

        // In the order in which they were asked about: two plans that keep the same say the same.
        return [.. obsolete.Where(kept.Contains)];
    }
}
