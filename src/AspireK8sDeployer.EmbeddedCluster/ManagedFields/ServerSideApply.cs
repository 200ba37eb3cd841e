using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Resources;

namespace AspireK8sDeployer.EmbeddedCluster.ManagedFields;

/// <summary>Who owns which field. Provisional: the merge replaces this file.</summary>
internal static class ServerSideApply
{
    public static void TrackUpdate(
        ResourceDefinition resource, JsonObject? live, JsonObject updated, string manager, string? subresource, DateTimeOffset now) =>
        _ = (resource, live, updated, manager, subresource, now);
}
