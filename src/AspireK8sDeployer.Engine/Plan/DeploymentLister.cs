using System.Net;
using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>Finds the deployments of an application by their inventories, whatever it declares now.</summary>
internal sealed class DeploymentLister(ClusterObjects cluster)
{
    /// <summary>In all namespaces, or null when the user may not look there.</summary>
    public async Task<IReadOnlyList<DeploymentIdentity>?> ListEverywhereAsync(string application, CancellationToken cancellationToken)
    {
        try
        {
            return await ListAsync(@namespace: null, application, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiFailure failure) when (failure.Code == HttpStatusCode.Forbidden)
        {
            return null;
        }
    }

    public async Task<IReadOnlyList<DeploymentIdentity>> ListAsync(string? @namespace, string application, CancellationToken cancellationToken)
    {
        var selector = ObjectSelector.OfApplication(application);
        var secrets = await cluster.ListAsync(ObjectKind.Secret, @namespace, selector, cancellationToken).ConfigureAwait(false);
        return
        [
            .. secrets.Items.Where(IsInventory)
                .Select(secret => new DeploymentIdentity(TextOf(secret, "namespace")!, NameOf(secret)!, application))
                .OrderBy(deployment => deployment.Namespace, StringComparer.Ordinal).ThenBy(deployment => deployment.Name, StringComparer.Ordinal),
        ];
    }

    // Labels are copied with objects; a copy has another name.
    private static bool IsInventory(JsonObject secret) => NameOf(secret) is { } name && TextOf(secret, "name") == Names.Inventory(name);

    private static string? NameOf(JsonObject secret) => (string?)secret["metadata"]?["labels"]?[Names.DeploymentLabel];

    private static string? TextOf(JsonObject secret, string field) => (string?)secret["metadata"]?[field];
}
