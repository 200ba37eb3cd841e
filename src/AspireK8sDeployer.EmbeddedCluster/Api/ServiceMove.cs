using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Store;

namespace AspireK8sDeployer.EmbeddedCluster.Api;

/// <summary>
/// Gives Services that were stored in another network addresses of this one. A cluster whose network somebody else has taken
/// while it did not run starts in another; the old addresses are then that other cluster's.
/// </summary>
internal static class ServiceMove
{
    public static void Run(ServerParts parts) => parts.Store.Exclusively(() =>
    {
        var resource = parts.Table.Kind("v1", "Service");
        var services = parts.Store.ShelfOf(resource).Objects.Values.ToArray();
        foreach (var service in services)
        {
            if (Moved(parts.Allocations, service) is { } moved)
            {
                parts.Store.Put(resource, moved);
            }
        }

        return services.Length;
    });

    private static JsonObject? Moved(Allocations allocations, StoredObject stored)
    {
        var service = stored.ToJsonObject();
        var former = ServiceAllocation.Read(service);
        if (former.Addresses.FirstOrDefault() is not { } text
            || !IPAddress.TryParse(text, out var address) || address.AddressFamily != AddressFamily.InterNetwork
            || allocations.Contains(address)
            || allocations.TakeLike(address) is not { } fresh)
        {
            return null;
        }

        allocations.GiveBack(new ServiceAllocation(null, former.Addresses, []));
        service["spec"]!["clusterIP"] = fresh;
        service["spec"]!["clusterIPs"] = new JsonArray(fresh);
        return service;
    }
}
