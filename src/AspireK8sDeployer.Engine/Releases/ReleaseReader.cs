using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Releases;

/// <summary>Reads what the cluster remembers of a deployment's deploys.</summary>
internal sealed class ReleaseReader(ClusterObjects cluster)
{
    /// <summary>The releases, by revision.</summary>
    public async Task<IReadOnlyList<Release>> ReadAsync(DeploymentIdentity deployment, CancellationToken cancellationToken)
    {
        var secrets = await cluster.ListAsync(ObjectKind.Secret, deployment.Namespace, ObjectSelector.OfDeployment(deployment.Name), cancellationToken).ConfigureAwait(false);
        return
        [
            .. secrets.Items
                .Where(secret => ReleaseSecret.Is(deployment, ObjectKind.Secret.Id(deployment.Namespace, (string?)secret["metadata"]?["name"] ?? "")) && IsOf(deployment, secret["metadata"]?["labels"]))
                .Select(secret => ReleaseSecret.Read(deployment, secret)).OfType<Release>().OrderBy(release => release.Revision),
        ];
    }

    private static bool IsOf(DeploymentIdentity deployment, System.Text.Json.Nodes.JsonNode? labels) => (string?)labels?[Names.PartOfLabel] == deployment.Application;
}
