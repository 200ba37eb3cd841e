using System.Net;
using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>Finds autoscalers that scale a Deployment of ours and were not made by us.</summary>
internal static class ForeignAutoscalers
{
    /// <summary>Whether there is one. Whoever may not look cannot know, and leaves the number to whom wrote it.</summary>
    public static async Task<bool> AnyAsync(ClusterObjects cluster, ObjectId deployment, LiveObjects live, CancellationToken cancellationToken) =>
        await NamesAsync(cluster, deployment, live, cancellationToken).ConfigureAwait(false) is not [];

    /// <summary>Their names; null when the user may not look.</summary>
    public static async Task<IReadOnlyList<string>?> NamesAsync(ClusterObjects cluster, ObjectId deployment, LiveObjects live, CancellationToken cancellationToken)
    {
        try
        {
            var list = await cluster.ListAsync(ObjectKind.Autoscaler, deployment.Namespace, ObjectSelector.All, cancellationToken).ConfigureAwait(false);
            return
            [
                .. list.Items.Where(item => Autoscalers.Scales(item, deployment.Name) && !IsOurs(item, deployment.Namespace!, live))
                    .Select(item => (string)item["metadata"]!["name"]!),
            ];
        }
        catch (ApiFailure failure) when (failure.Code == HttpStatusCode.Forbidden)
        {
            return null;
        }
    }

    // Its own, or the one that KEDA made for its own.
    private static bool IsOurs(JsonObject autoscaler, string @namespace, LiveObjects live) =>
        live.Objects.ContainsKey(ObjectKind.Autoscaler.Id(@namespace, (string)autoscaler["metadata"]!["name"]!))
        || (autoscaler["metadata"]!["ownerReferences"] as JsonArray ?? []).Any(owner =>
            (string?)owner?["kind"] == ObjectKind.ScaledObject.Kind
            && live.Objects.ContainsKey(ObjectKind.ScaledObject.Id(@namespace, (string?)owner["name"] ?? "")));
}
