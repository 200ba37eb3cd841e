using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>Secrets of older revisions are kept for as long as a ReplicaSet names them: it could not start a pod without.</summary>
internal sealed class KeptSecrets(ClusterObjects cluster)
{
    public async Task<IReadOnlyList<ObjectId>> AmongAsync(DeploymentIdentity deployment, IReadOnlyList<ObjectId> obsolete, CancellationToken cancellationToken)
    {
        var secrets = obsolete.Where(id => id.Kind == ObjectKind.Secret.Kind).ToList();
        if (secrets.Count == 0)
        {
            return [];
        }

        var sets = await cluster.ListAsync(ObjectKind.ReplicaSet, deployment.Namespace, ObjectSelector.OfDeployment(deployment.Name), cancellationToken).ConfigureAwait(false);
        var named = sets.Items.SelectMany(set => NamesIn(set["spec"]?["template"]?["spec"])).ToHashSet();
        return [.. secrets.Where(id => named.Contains(id.Name))];
    }

    private static IEnumerable<string> NamesIn(JsonNode? pod)
    {
        var pulls = Items(pod?["imagePullSecrets"]).Select(item => (string?)item["name"]);
        var variables = Items(pod?["containers"])
            .SelectMany(container => Items(container["env"]))
            .Select(variable => (string?)variable["valueFrom"]?["secretKeyRef"]?["name"]);
        return pulls.Concat(variables).OfType<string>();
    }

    private static IEnumerable<JsonObject> Items(JsonNode? list) => (list as JsonArray ?? []).OfType<JsonObject>();
}
