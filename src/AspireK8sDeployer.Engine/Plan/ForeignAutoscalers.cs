using System.Net;
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
            var all = await cluster.AutoscalersAsync(deployment.Namespace!, cancellationToken).ConfigureAwait(false);
            return [.. all.Where(item => item.Deployment == deployment.Name && !IsOurs(item, deployment.Namespace!, live)).Select(item => item.Name)];
        }
        catch (ApiFailure failure) when (failure.Code == HttpStatusCode.Forbidden)
        {
            return null;
        }
    }

    // Its own, or the one that KEDA made for its own.
    private static bool IsOurs(AutoscalerTarget autoscaler, string @namespace, LiveObjects live) =>
        live.Objects.ContainsKey(ObjectKind.Autoscaler.Id(@namespace, autoscaler.Name))
        || autoscaler.ScaledObjects.Any(name => live.Objects.ContainsKey(ObjectKind.ScaledObject.Id(@namespace, name)));
}
