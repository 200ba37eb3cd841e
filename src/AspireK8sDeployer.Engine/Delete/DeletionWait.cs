using System.Globalization;
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
    private static readonly TimeSpan SayFirst = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SayAgain = TimeSpan.FromSeconds(10);
    private const int MostPods = 3;

    public static DeletionWait OfDelete(ClusterObjects cluster) => new(cluster, "K8SD701", "delete", "destroy");

    public static DeletionWait OfApply(ClusterObjects cluster) => new(cluster, "K8SD306", "apply", "deploy");

    public async Task UntilGoneAsync(ObjectId id, string uid, Deadline deadline, Action<string> report, CancellationToken cancellationToken)
    {
        var begun = cluster.Time.GetTimestamp();
        var next = SayFirst;
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
                    code, stage, $"{id} is still there after {deadline.Patience.TotalMinutes:0.#} min: {await HoldersAsync(id, live, cancellationToken).ConfigureAwait(false)}",
                    $"see 'kubectl get {id.Kind.ToLowerInvariant()} {id.Name}{(id.Namespace is null ? "" : $" -n {id.Namespace}")} -o yaml', and {again} again once it is gone")
                {
                    Reason = "DELETE_STUCK",
                };
            }

            if (cluster.Time.GetElapsedTime(begun) is var elapsed && elapsed > next)
            {
                report($"{id} is not gone yet: {await HoldersAsync(id, live, cancellationToken).ConfigureAwait(false)}");
                next = elapsed + SayAgain;
            }

            await Task.Delay(pause, cluster.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<string> HoldersAsync(ObjectId id, JsonObject live, CancellationToken cancellationToken)
    {
        var finalizers = (live["metadata"]?["finalizers"] as JsonArray ?? []).Concat(live["spec"]?["finalizers"] as JsonArray ?? []).Select(item => (string?)item).OfType<string>().ToList();
        return finalizers switch
        {
            [] => "nothing is named that holds it",
            ["foregroundDeletion"] => $"its pods are still stopping{await PodsAsync(id, cancellationToken).ConfigureAwait(false)}",
            _ => $"held by finalizer {string.Join(", ", finalizers)}",
        };
    }

    // Which, and how long each still may: a pod's deletionTimestamp is when it is killed. Nothing where they may not be listed.
    private async Task<string> PodsAsync(ObjectId id, CancellationToken cancellationToken)
    {
        try
        {
            var pods = id.Kind == ObjectKind.Deployment.Kind
                ? (await cluster.ListAsync(ObjectKind.Pod, id.Namespace, ObjectSelector.OfDeployment(id.Name), cancellationToken).ConfigureAwait(false)).Items
                : [];
            var stopping = pods.Where(pod => pod["metadata"]?["deletionTimestamp"] is not null).Take(MostPods).Select(pod => $"{pod["metadata"]!["name"]}{Left(pod)}");
            return string.Join(", ", stopping) is { Length: > 0 } text ? $" ({text})" : "";
        }
        catch (ApiFailure)
        {
            return "";
        }
    }

    private string Left(JsonObject pod)
    {
        if (!DateTimeOffset.TryParse((string?)pod["metadata"]!["deletionTimestamp"], CultureInfo.InvariantCulture, out var end))
        {
            return "";
        }

        return Math.Ceiling((end - cluster.Time.GetUtcNow()).TotalSeconds) is > 0 and var seconds
            ? string.Create(CultureInfo.InvariantCulture, $" has {seconds:0} s left")
            : " should be gone";
    }
}
