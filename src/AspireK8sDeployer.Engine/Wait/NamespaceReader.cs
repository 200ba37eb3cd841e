using System.Net;
using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Wait;

/// <summary>Reads the namespace, as far as the user may: what is in it goes with it.</summary>
internal sealed class NamespaceReader(ClusterObjects cluster)
{
    public async Task<SideObjects> ReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await cluster.GetAsync(ObjectKind.Namespace.Id(null, name), cancellationToken).ConfigureAwait(false) is { } found ? new SideObjects([found]) : SideObjects.None;
        }
        catch (ApiFailure failure) when (failure.Code == HttpStatusCode.Forbidden)
        {
            return SideObjects.None;
        }
    }
}
