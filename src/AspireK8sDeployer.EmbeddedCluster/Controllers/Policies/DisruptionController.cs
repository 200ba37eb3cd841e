using System.Globalization;
using AspireK8sDeployer.EmbeddedCluster.Api;
using k8s;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Controllers.Policies;

/// <summary>Counts for every PodDisruptionBudget how many pods may be evicted now.</summary>
internal sealed class DisruptionController : Controller
{
    private static readonly EventSource Source = new("controllermanager", Manager);

    // An eviction that was allowed counts until the pod is seen to go, but not for ever.
    private static readonly TimeSpan EvictionTimeout = TimeSpan.FromMinutes(2);

    public DisruptionController(ControllerContext context)
        : base(context)
    {
        context.Hub.Subscribe<V1PodDisruptionBudget>((budget, _) => Enqueue(ObjectKey.Of(budget)));
        context.Hub.Subscribe<V1Pod>((pod, _) =>
        {
            foreach (var budget in Api.View<V1PodDisruptionBudget>(pod.Metadata.NamespaceProperty)
                .Where(budget => LabelMatch.Matches(budget.Spec.Selector, pod.Metadata.Labels)))
            {
                Enqueue(ObjectKey.Of(budget));
            }
        });
    }

    protected override void Reconcile(ObjectKey key)
    {
        if (Api.Get<V1PodDisruptionBudget>(key.Namespace, key.Name) is not { } budget)
        {
            return;
        }

        var pods = Api.View<V1Pod>(key.Namespace)
            .Where(pod => LabelMatch.Matches(budget.Spec.Selector, pod.Metadata.Labels) && !PodState.IsTerminal(pod)).ToArray();
        if (pods.Length == 0)
        {
            Context.Events.Normal(Source, budget, "NoPods", "No matching pods found");
        }

        var evicted = (budget.Status?.DisruptedPods ?? new Dictionary<string, DateTime?>())
            .Where(entry => entry.Value + EvictionTimeout > Now && pods.Any(pod => pod.Metadata.Name == entry.Key && pod.Metadata.DeletionTimestamp is null))
            .ToDictionary(entry => entry.Key, entry => entry.Value);
        var healthy = pods.Count(pod => PodState.IsReady(pod) && pod.Metadata.DeletionTimestamp is null && !evicted.ContainsKey(pod.Metadata.Name));
        var (expected, desired) = Wanted(budget, pods);
        var allowed = expected <= 0 ? 0 : Math.Max(0, healthy - desired);

        var status = new V1PodDisruptionBudgetStatus
        {
            ObservedGeneration = budget.Metadata.Generation,
            DisruptionsAllowed = allowed,
            CurrentHealthy = healthy,
            DesiredHealthy = desired,
            ExpectedPods = expected,
            DisruptedPods = evicted.Count == 0 ? null : evicted,
            Conditions = [Condition(budget, allowed > 0)],
        };
        if (KubernetesJson.Serialize(status) != KubernetesJson.Serialize(budget.Status ?? new V1PodDisruptionBudgetStatus()))
        {
            budget.Status = status;
            Api.UpdateStatus(budget, Manager);
        }
    }

    private V1Condition Condition(V1PodDisruptionBudget budget, bool allowed)
    {
        var status = allowed ? "True" : "False";
        var before = budget.Status?.Conditions?.FirstOrDefault(condition => condition.Type == "DisruptionAllowed");
        return new V1Condition
        {
            Type = "DisruptionAllowed",
            Status = status,
            ObservedGeneration = budget.Metadata.Generation,
            Reason = allowed ? "SufficientPods" : "InsufficientPods",
            Message = "",
            LastTransitionTime = before?.Status == status ? before.LastTransitionTime : Now,
        };
    }

    /// <summary>Of how many pods there should be how many have to be healthy; shares are of what the pods' owners want.</summary>
    private (int Expected, int Desired) Wanted(V1PodDisruptionBudget budget, V1Pod[] pods)
    {
        if (budget.Spec.MinAvailable is { } minimum && !minimum.Value.EndsWith('%'))
        {
            return (pods.Length, int.Parse(minimum.Value, CultureInfo.InvariantCulture));
        }

        var expected = pods.GroupBy(pod => Ownership.ControllerOf(pod)?.Uid).Sum(group => Scale(group.First(), group.Count()));
        if (budget.Spec.MinAvailable is { } share)
        {
            return (expected, Part(share.Value, expected));
        }

        var unavailable = budget.Spec.MaxUnavailable?.Value ?? "0";
        return (expected, Math.Max(0, expected - (unavailable.EndsWith('%') ? Part(unavailable, expected) : int.Parse(unavailable, CultureInfo.InvariantCulture))));
    }

    private static int Part(string percent, int of) => ((int.Parse(percent[..^1], CultureInfo.InvariantCulture) * of) + 99) / 100;

    private int Scale(V1Pod pod, int present)
    {
        var space = pod.Metadata.NamespaceProperty;
        switch (Ownership.ControllerOf(pod))
        {
            case { Kind: "ReplicaSet" } owner when Api.Get<V1ReplicaSet>(space, owner.Name) is { } set:
                return Ownership.ControllerOf(set) is { Kind: "Deployment" } deployment && Api.Get<V1Deployment>(space, deployment.Name) is { } found
                    ? found.Spec.Replicas ?? 1
                    : set.Spec.Replicas ?? 1;
            case { Kind: "StatefulSet" } owner when Api.Get<V1StatefulSet>(space, owner.Name) is { } set:
                return set.Spec.Replicas ?? 1;
            default:
                return present;
        }
    }
}
