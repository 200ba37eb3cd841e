using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Plan;

namespace AspireK8sDeployer.Engine.Apply;

/// <summary>Makes the namespace. Created, not applied: one that somebody else made meanwhile must not look like ours.</summary>
internal sealed class NamespaceMaker(ClusterObjects cluster)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan WaitForOldOne = TimeSpan.FromSeconds(60);

    public async Task EnsureAsync(PreparedPlan plan, Action<string> report, CancellationToken cancellationToken)
    {
        var item = plan.Objects.First(item => item.Id.Kind == ObjectKind.Namespace.Kind);
        if (item.Kind == ChangeKind.Unchanged)
        {
            return;
        }

        if (plan.Live.NamespaceIsTerminating)
        {
            await WaitUntilGoneAsync(item.Id, report, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            await cluster.CreateAsync(item.Id, item.Desired!, cancellationToken).ConfigureAwait(false);
            report($"{item.Id} created");
        }
        catch (ApiFailure failure) when (failure.IsAlreadyThere)
        {
            // Another deployment's deploy was faster.
        }
    }

    private async Task WaitUntilGoneAsync(ObjectId id, Action<string> report, CancellationToken cancellationToken)
    {
        report($"{id} is still being deleted; waits for its end");
        var begun = cluster.Time.GetTimestamp();
        while (await cluster.GetAsync(id, cancellationToken).ConfigureAwait(false) is { } old)
        {
            if (cluster.Time.GetElapsedTime(begun) > WaitForOldOne)
            {
                throw new DeploymentException(
                    "K8SD304", "apply", $"{id} is being deleted and does not come to its end: {NamespaceHolders.Of(old)}",
                    $"see 'kubectl get namespace {id.Name} -o yaml', or deploy to another one with .WithNamespace(\"…\")")
                {
                    Reason = "NS_TERMINATING",
                };
            }

            await Task.Delay(LookAgain, cluster.Time, cancellationToken).ConfigureAwait(false);
        }
    }
}
