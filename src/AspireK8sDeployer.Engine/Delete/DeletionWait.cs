using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Delete;

/// <summary>Waits until an object is gone, and says what holds it.</summary>
internal sealed class DeletionWait(ClusterObjects cluster)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SayAfter = TimeSpan.FromSeconds(5);

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
                    "K8SD701", "delete", $"{id} is still there after {deadline.Patience.TotalMinutes:0.#} min: {Holders(live)}",
                    $"see 'kubectl get {id.Kind.ToLowerInvariant()} {id.Name}{(id.Namespace is null ? "" : $" -n {id.Namespace}")} -o yaml', and destroy again once it is gone")
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
