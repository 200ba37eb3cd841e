using k8s;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Controllers.Deployments;

/// <summary>The status of a Deployment, computed from its ReplicaSets. Pure.</summary>
internal static class DeploymentProgress
{
    public const string Progressing = "Progressing";
    public const string TimedOut = "ProgressDeadlineExceeded";
    private const string NewSetAvailable = "NewReplicaSetAvailable";
    private const string ReplicaFailure = "ReplicaFailure";

    public static bool HasDeadline(V1Deployment deployment) => deployment.Spec.ProgressDeadlineSeconds is not (null or int.MaxValue);

    public static V1DeploymentCondition? Find(V1DeploymentStatus? status, string type) => status?.Conditions?.FirstOrDefault(c => c.Type == type);

    /// <summary>Counters and availability; other conditions stay as they are.</summary>
    public static V1DeploymentStatus Count(V1Deployment deployment, IReadOnlyCollection<V1ReplicaSet> all, V1ReplicaSet? created, DateTime now)
    {
        var available = all.Sum(RollingUpdate.Available);
        var status = new V1DeploymentStatus
        {
            ObservedGeneration = deployment.Metadata.Generation,
            Replicas = NullIfZero(all.Sum(set => set.Status?.Replicas ?? 0)),
            UpdatedReplicas = NullIfZero(created?.Status?.Replicas ?? 0),
            ReadyReplicas = NullIfZero(all.Sum(set => set.Status?.ReadyReplicas ?? 0)),
            AvailableReplicas = NullIfZero(available),
            UnavailableReplicas = NullIfZero(Math.Max(0, RollingUpdate.Total(all) - available)),
            TerminatingReplicas = Terminating(all),
            CollisionCount = deployment.Status?.CollisionCount,
            Conditions = [.. deployment.Status?.Conditions ?? []],
        };

        var enough = available >= RollingUpdate.Replicas(deployment) - RollingUpdate.MaxUnavailable(deployment);
        Set(status, enough
            ? Condition("Available", "True", "MinimumReplicasAvailable", "Deployment has minimum availability.", now)
            : Condition("Available", "False", "MinimumReplicasUnavailable", "Deployment does not have minimum availability.", now));
        return status;
    }

    /// <summary>Says in the conditions how the rollout goes, compared with the status there was.</summary>
    public static void Judge(
        V1Deployment deployment, V1DeploymentStatus status, IReadOnlyCollection<V1ReplicaSet> all, V1ReplicaSet? created, DateTime now)
    {
        if (!HasDeadline(deployment))
        {
            Remove(status, Progressing);
        }

        // Once a rollout is complete its condition says so until the next one: later crashes are no matter of progress.
        var current = Find(deployment.Status, Progressing);
        var completed = (status.Replicas ?? 0) == (status.UpdatedReplicas ?? 0) && current?.Reason == NewSetAvailable;
        if (HasDeadline(deployment) && !completed)
        {
            var subject = created is null ? $"Deployment \"{deployment.Metadata.Name}\"" : $"ReplicaSet \"{created.Metadata.Name}\"";
            if (IsComplete(deployment, status))
            {
                Set(status, Condition(Progressing, "True", NewSetAvailable, $"{subject} has successfully progressed.", now));
            }
            else if (HasProgressed(deployment.Status, status))
            {
                var condition = Condition(Progressing, "True", "ReplicaSetUpdated", $"{subject} is progressing.", now);
                if (current?.Status == "True")
                {
                    condition.LastTransitionTime = current.LastTransitionTime;
                }

                Remove(status, Progressing);
                Set(status, condition);
            }
            else if (IsOverdue(deployment, status, now))
            {
                Set(status, Condition(Progressing, "False", TimedOut, $"{subject} has timed out progressing.", now));
            }
        }

        // The new ReplicaSet's failure comes first; but an old one that cannot create pods is worth saying too.
        var failure = (created is null ? all : [created, .. all])
            .SelectMany(set => set.Status?.Conditions ?? []).FirstOrDefault(condition => condition.Type == ReplicaFailure);
        if (failure is null)
        {
            Remove(status, ReplicaFailure);
        }
        else
        {
            var condition = Condition(ReplicaFailure, failure.Status, failure.Reason, failure.Message, now);
            condition.LastTransitionTime = condition.LastUpdateTime = failure.LastTransitionTime;
            Set(status, condition);
        }
    }

    public static bool IsComplete(V1Deployment deployment, V1DeploymentStatus status)
    {
        var wanted = RollingUpdate.Replicas(deployment);
        return (status.UpdatedReplicas ?? 0) == wanted
            && (status.Replicas ?? 0) == wanted
            && (status.AvailableReplicas ?? 0) == wanted
            && status.ObservedGeneration >= deployment.Metadata.Generation;
    }

    public static V1DeploymentCondition Condition(string type, string status, string reason, string message, DateTime now) => new()
    {
        Type = type,
        Status = status,
        Reason = reason,
        Message = message,
        LastUpdateTime = now,
        LastTransitionTime = now,
    };

    /// <summary>Sets a condition unless one with the same status and reason is there: its times tell since when.</summary>
    public static void Set(V1DeploymentStatus status, V1DeploymentCondition condition)
    {
        var current = Find(status, condition.Type);
        if (current?.Status == condition.Status && current.Reason == condition.Reason)
        {
            return;
        }

        if (current?.Status == condition.Status)
        {
            condition.LastTransitionTime = current.LastTransitionTime;
        }

        Remove(status, condition.Type);
        (status.Conditions ??= []).Add(condition);
    }

    public static bool AreEqual(V1DeploymentStatus? a, V1DeploymentStatus b) =>
        KubernetesJson.Serialize(a ?? new V1DeploymentStatus()) == KubernetesJson.Serialize(b);

    private static void Remove(V1DeploymentStatus status, string type) =>
        status.Conditions = [.. (status.Conditions ?? []).Where(condition => condition.Type != type)];

    /// <summary>Null while a ReplicaSet does not tell; one that was never looked at has none.</summary>
    private static int? Terminating(IEnumerable<V1ReplicaSet> sets)
    {
        var seen = sets.Where(set => set.Status?.ObservedGeneration is > 0 || set.Status?.TerminatingReplicas is not null).ToArray();
        return seen.All(set => set.Status.TerminatingReplicas is not null) ? seen.Sum(set => set.Status.TerminatingReplicas!.Value) : null;
    }

    private static bool HasProgressed(V1DeploymentStatus? before, V1DeploymentStatus now)
    {
        var oldBefore = (before?.Replicas ?? 0) - (before?.UpdatedReplicas ?? 0);
        var oldNow = (now.Replicas ?? 0) - (now.UpdatedReplicas ?? 0);
        return (now.UpdatedReplicas ?? 0) > (before?.UpdatedReplicas ?? 0)
            || oldNow < oldBefore
            || (now.ReadyReplicas ?? 0) > (before?.ReadyReplicas ?? 0)
            || (now.AvailableReplicas ?? 0) > (before?.AvailableReplicas ?? 0);
    }

    private static bool IsOverdue(V1Deployment deployment, V1DeploymentStatus status, DateTime now) => Find(status, Progressing) switch
    {
        null => false,
        { Reason: NewSetAvailable } => false,
        { Reason: TimedOut } => true,
        var condition => condition.LastUpdateTime + TimeSpan.FromSeconds(deployment.Spec.ProgressDeadlineSeconds!.Value) < now,
    };

    private static int? NullIfZero(int count) => count == 0 ? null : count;
}
