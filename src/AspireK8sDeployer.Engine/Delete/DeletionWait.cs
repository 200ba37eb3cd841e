using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Delete;

/// <summary>Waits until an object is gone, and says what holds it.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="code">The code of the failure when it does not go in time.</param>
/// <param name="stage">The stage that waits.</param>
/// <param name="again">What the user does once it is gone.</param>
internal sealed class DeletionWait(ClusterObjects cluster, string code, string stage, string again)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SayAfter = TimeSpan.FromSeconds(5);

    public static DeletionWait OfDelete(ClusterObjects cluster) => new(cluster, "K8SD701", "delete", "destroy");

    public static DeletionWait OfApply(ClusterObjects cluster) => new(cluster, "K8SD306", "apply", "deploy");

    public async Task UntilGoneAsync(ObjectId id, string uid, Deadline deadline, Action<string> report, CancellationToken cancellationToken)
    {
        var begun = cluster.Time.GetTimestamp();
        var said = false;
        for (var pause = First; ; pause = pause * 2 < Longest ? pause * 2 : Longest)
        {
            var live = await cluster.GetAsync(id, cancellationToken).ConfigureAwait(false);
            if (live is null || (string?)live["metadata"]?["uid"] != uid)
            {
                return;
            }

            if (deadline.IsOver)
            {
                throw new DeploymentException(
                    code, stage, $"{id} is still there after {deadline.Patience.TotalMinutes:0.#} min: {Holders(live)}",
                    $"see 'kubectl get {id.Kind.ToLowerInvariant()} {id.Name}{(id.Namespace is null ? "" : $" -n {id.Namespace}")} -o yaml', and {again} again once it is gone")
                {
                    Reason = "DELETE_STUCK",
                };
            }

            if (!said && cluster.Time.GetElapsedTime(begun) > SayAfter)
            {
                report($"{id} is not gone yet: {Holders(live)}");
                said = true;
            }

            await Task.Delay(pause, cluster.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static string Holders(JsonObject live)
    {
        var finalizers = (live["metadata"]?["finalizers"] as JsonArray ?? []).Concat(live["spec"]?["finalizers"] as JsonArray ?? []).Select(item => (string?)item).OfType<string>().ToList();
        return finalizers switch
        {
            [] => "nothing is named that holds it",
            ["foregroundDeletion"] => "its pods are still stopping",
            _ => $"held by finalizer {string.Join(", ", finalizers)}",
        };
    }
}
