using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Plan;

namespace AspireK8sDeployer.Engine.Apply;

/// <summary>Removes one object that a plan no longer has, without waiting for its end.</summary>
internal static class Removal
{
    public static async Task CarryOutAsync(ClusterObjects cluster, PlannedObject item, Action<string> report, CancellationToken cancellationToken)
    {
        if (await cluster.DeleteAsync(item.Id, item.Uid!, foreground: false, cancellationToken).ConfigureAwait(false))
        {
            report($"{item.Id} deleted");
        }
    }
}
