using AspireK8sDeployer.EmbeddedCluster.Api;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Controllers.Deployments;

/// <summary>Rolls out Deployments: keeps the ReplicaSet of the current template and scales it against the older ones.</summary>
internal sealed class DeploymentController : Controller
{
    private readonly ReplicaSetScaler _scaler;
    private readonly ReplicaSetHistory _history;

    public DeploymentController(ControllerContext context)
        : base(context)
    {
        _scaler = new ReplicaSetScaler(context);
        _history = new ReplicaSetHistory(context);
        context.Hub.Subscribe<V1Deployment>((deployment, _) => Enqueue(ObjectKey.Of(deployment)));
        context.Hub.Subscribe<V1ReplicaSet>((set, _) => EnqueueOwner(set));
        context.Hub.Subscribe<V1Pod>((pod, deleted) =>
        {
            // Recreate waits for the last pod to go.
            if (deleted && Ownership.ControllerOf(pod) is { Kind: "ReplicaSet" } owner
                && Api.Get<V1ReplicaSet>(pod.Metadata.NamespaceProperty, owner.Name) is { } set)
            {
                EnqueueOwner(set);
            }
        });
    }

    protected override void Reconcile(ObjectKey key)
    {
        if (Api.Get<V1Deployment>(key.Namespace, key.Name) is not { } deployment)
        {
            return;
        }

        var sets = _history.Claim(deployment);
        if (deployment.Metadata.DeletionTimestamp is not null)
        {
            // What goes is neither scaled nor judged any more.
            (deployment, var current, var older) = _history.Sync(deployment, sets, createMissing: false);
            UpdateStatus(deployment, DeploymentProgress.Count(deployment, All(current, older), current, Now));
            return;
        }

        deployment = NotePause(deployment);
        if (deployment.Spec.Paused == true || IsScaling(deployment, sets))
        {
            Scale(deployment, sets);
        }
        else if (RollingUpdate.IsRolling(deployment))
        {
            Roll(deployment, sets);
        }
        else
        {
            Recreate(deployment, sets);
        }
    }

    private void EnqueueOwner(V1ReplicaSet set)
    {
        if (Ownership.ControllerOf(set) is { Kind: "Deployment" } owner)
        {
            Enqueue(new ObjectKey(set.Metadata.NamespaceProperty, owner.Name));
        }
    }

    private V1Deployment NotePause(V1Deployment deployment)
    {
        var condition = DeploymentProgress.Find(deployment.Status, DeploymentProgress.Progressing);
        if (!DeploymentProgress.HasDeadline(deployment) || condition?.Reason == DeploymentProgress.TimedOut)
        {
            return deployment;
        }

        var paused = deployment.Spec.Paused == true;
        if (paused == (condition?.Reason == "DeploymentPaused"))
        {
            return deployment;
        }

        deployment.Status ??= new V1DeploymentStatus();
        DeploymentProgress.Set(deployment.Status, paused
            ? DeploymentProgress.Condition(DeploymentProgress.Progressing, "Unknown", "DeploymentPaused", "Deployment is paused", Now)
            : DeploymentProgress.Condition(DeploymentProgress.Progressing, "Unknown", "DeploymentResumed", "Deployment is resumed", Now));
        return Api.UpdateStatus(deployment, Manager);
    }

    private static bool IsScaling(V1Deployment deployment, IEnumerable<V1ReplicaSet> sets) =>
        sets.Any(set => RollingUpdate.Replicas(set) > 0
            && ReplicaSetAnnotations.Desired(set) is { } desired && desired != RollingUpdate.Replicas(deployment));

    private void Scale(V1Deployment deployment, IReadOnlyList<V1ReplicaSet> sets)
    {
        (deployment, var created, var old) = _history.Sync(deployment, sets, createMissing: false);
        var all = All(created, old);
        var active = all.Where(set => RollingUpdate.Replicas(set) > 0).ToArray();
        var only = active.Length switch
        {
            0 => created ?? old.Max(RollingUpdate.OldestFirst),
            1 => active[0],
            _ => null,
        };

        if (only is not null)
        {
            _scaler.ScaleIfNeeded(deployment, only, RollingUpdate.Replicas(deployment));
        }
        else if (created is not null && IsSaturated(deployment, created))
        {
            foreach (var set in old.Where(set => RollingUpdate.Replicas(set) > 0))
            {
                _scaler.ScaleIfNeeded(deployment, set, 0);
            }
        }
        else if (RollingUpdate.IsRolling(deployment))
        {
            foreach (var (name, size) in RollingUpdate.Proportional(deployment, active))
            {
                _scaler.Scale(deployment, active.Single(set => set.Metadata.Name == name), size);
            }
        }

        if (deployment.Spec.Paused == true)
        {
            _history.CleanUp(deployment, old);
        }

        UpdateStatus(deployment, DeploymentProgress.Count(deployment, All(created, old), created, Now));
    }

    private void Roll(V1Deployment deployment, IReadOnlyList<V1ReplicaSet> sets)
    {
        (deployment, var created, var old) = _history.Sync(deployment, sets, createMissing: true);
        var all = All(created, old);
        if (!ReconcileNew(deployment, created!, all) && !ReconcileOld(deployment, created!, old) && DeploymentProgress.IsComplete(deployment, deployment.Status ?? new()))
        {
            _history.CleanUp(deployment, old);
        }

        Report(deployment, All(created, old), created);
    }

    private bool ReconcileNew(V1Deployment deployment, V1ReplicaSet created, IReadOnlyCollection<V1ReplicaSet> all)
    {
        var current = RollingUpdate.Replicas(created);
        var wanted = RollingUpdate.Replicas(deployment);
        var target = current > wanted ? wanted : RollingUpdate.NewReplicas(deployment, all, current);
        return target != current && _scaler.ScaleIfNeeded(deployment, created, target);
    }

    private bool ReconcileOld(V1Deployment deployment, V1ReplicaSet created, IReadOnlyList<V1ReplicaSet> old)
    {
        var scaled = false;
        foreach (var (set, size) in RollingUpdate.Shrink(deployment, created, old))
        {
            scaled |= _scaler.ScaleIfNeeded(deployment, set, size);
        }

        return scaled;
    }

    private void Recreate(V1Deployment deployment, IReadOnlyList<V1ReplicaSet> sets)
    {
        (deployment, var created, var old) = _history.Sync(deployment, sets, createMissing: false);
        var scaled = false;
        foreach (var set in old)
        {
            scaled |= _scaler.ScaleIfNeeded(deployment, set, 0);
        }

        if (!scaled && !AnyPodRuns(deployment, created, old))
        {
            if (created is null)
            {
                (deployment, created, old) = _history.Sync(deployment, sets, createMissing: true);
            }

            _scaler.ScaleIfNeeded(deployment, created!, RollingUpdate.Replicas(deployment));
            if (DeploymentProgress.IsComplete(deployment, deployment.Status ?? new()))
            {
                _history.CleanUp(deployment, old);
            }
        }

        Report(deployment, All(created, old), created);
    }

    /// <summary>Whether pods of an older template are still there, which may be long after they were told to go.</summary>
    private bool AnyPodRuns(V1Deployment deployment, V1ReplicaSet? created, IEnumerable<V1ReplicaSet> old)
    {
        if (old.Any(set => set.Status?.Replicas > 0))
        {
            return true;
        }

        var pods = Api.View<V1Pod>(deployment.Metadata.NamespaceProperty);
        var sets = Api.View<V1ReplicaSet>(deployment.Metadata.NamespaceProperty)
            .Where(set => set.IsControlledBy(deployment) && set.Metadata.Uid != created?.Metadata.Uid)
            .Select(set => set.Metadata.Uid)
            .ToHashSet();
        return pods.Any(pod => pod.Status?.Phase is not ("Succeeded" or "Failed") && sets.Contains(Ownership.ControllerOf(pod)?.Uid ?? ""));
    }

    private static bool IsSaturated(V1Deployment deployment, V1ReplicaSet set) =>
        RollingUpdate.Replicas(set) == RollingUpdate.Replicas(deployment)
        && ReplicaSetAnnotations.Desired(set) == RollingUpdate.Replicas(deployment)
        && RollingUpdate.Available(set) == RollingUpdate.Replicas(deployment);

    private static V1ReplicaSet[] All(V1ReplicaSet? created, IEnumerable<V1ReplicaSet> old) => created is null ? [.. old] : [.. old, created];

    private void Report(V1Deployment deployment, V1ReplicaSet[] all, V1ReplicaSet? created)
    {
        var status = DeploymentProgress.Count(deployment, all, created, Now);
        DeploymentProgress.Judge(deployment, status, all, created, Now);
        UpdateStatus(deployment, status);
        LookAgainAtDeadline(deployment, status);
    }

    private void UpdateStatus(V1Deployment deployment, V1DeploymentStatus status)
    {
        if (!DeploymentProgress.AreEqual(deployment.Status, status))
        {
            deployment.Status = status;
            Api.UpdateStatus(deployment, Manager);
        }
    }

    private void LookAgainAtDeadline(V1Deployment deployment, V1DeploymentStatus status)
    {
        var condition = DeploymentProgress.Find(status, DeploymentProgress.Progressing);
        if (DeploymentProgress.HasDeadline(deployment)
            && condition is { Reason: not (DeploymentProgress.TimedOut or "NewReplicaSetAvailable"), LastUpdateTime: { } since })
        {
            var left = since + TimeSpan.FromSeconds(deployment.Spec.ProgressDeadlineSeconds!.Value) - Now;
            EnqueueAfter(ObjectKey.Of(deployment), left + TimeSpan.FromSeconds(1));
        }
    }
}
