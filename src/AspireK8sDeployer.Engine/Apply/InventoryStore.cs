using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Plan;

namespace AspireK8sDeployer.Engine.Apply;

/// <summary>Writes the inventory; only when it differs, and never over a newer one.</summary>
internal sealed class InventoryStore(ClusterObjects cluster)
{
    /// <summary>Saves the inventory and returns it with its new version.</summary>
    /// <param name="saved">As it is in the cluster.</param>
    /// <param name="wanted">As it is to be.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Inventory> SaveAsync(Inventory saved, Inventory wanted, CancellationToken cancellationToken)
    {
        if (saved.ResourceVersion is not null && saved.IsSame(wanted))
        {
            return saved;
        }

        var body = (wanted with { ResourceVersion = saved.ResourceVersion }).ToSecret();
        var answer = saved.ResourceVersion is null
            ? await cluster.CreateAsync(wanted.Id, body, cancellationToken).ConfigureAwait(false)
            : await cluster.ReplaceAsync(wanted.Id, body, cancellationToken).ConfigureAwait(false);
        return wanted with { ResourceVersion = (string?)answer["metadata"]?["resourceVersion"] };
    }
}
