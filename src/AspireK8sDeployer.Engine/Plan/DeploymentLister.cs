using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>Finds the deployments of an application by their inventories, whatever it declares now.</summary>
internal sealed class DeploymentLister(ClusterObjects cluster)
{
    public async Task<IReadOnlyList<DeploymentIdentity>> ListAsync(string @namespace, string application, CancellationToken cancellationToken)
    {
        var selector = ObjectSelector.OfApplication(application);
        var secrets = await cluster.ListAsync(ObjectKind.Secret, @namespace, selector, cancellationToken).ConfigureAwait(false);
        return
        [
            .. secrets.Items.Select(NameOf).OfType<string>().Order(StringComparer.Ordinal)
                .Select(name => new DeploymentIdentity(@namespace, name, application)),
        ];
    }

    // Labels are copied with objects; a copy has another name.
    private static string? NameOf(JsonObject secret) =>
        (string?)secret["metadata"]?["labels"]?[Names.DeploymentLabel] is { } name && (string?)secret["metadata"]?["name"] == Names.Inventory(name) ? name : null;
}
