using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Controllers.Volumes;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Controllers.Scheduling;

/// <summary>Gives every pod that has no node the first one that it fits on, and says why when there is none.</summary>
internal sealed class Scheduler : Controller
{
    private const string SchedulerManager = "kube-scheduler";

    // An event is repeated while a pod stays unschedulable, as often as the real scheduler looks at it again.
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(5);

    private readonly HashSet<ObjectKey> _unschedulable = [];

    // Kept, as no other controller keeps anything: it looks at all pods for each one, and there may be a thousand.
    private readonly Dictionary<ObjectKey, V1Pod> _placed = [];
    private bool _knowsPlaced;

    public Scheduler(ControllerContext context)
        : base(context)
    {
        context.Hub.Subscribe<V1Pod>(OnPod);
        context.Hub.Subscribe<V1Node>((_, _) => RetryAll());
        context.Hub.Subscribe<V1PersistentVolumeClaim>((_, _) => RetryAll());
        context.Hub.Subscribe<V1PersistentVolume>((_, _) => RetryAll());
    }

    protected override void Reconcile(ObjectKey key)
    {
        var pod = Api.Get<V1Pod>(key.Namespace, key.Name);
        if (pod is null || !IsWaiting(pod) || pod.Spec.SchedulingGates is { Count: > 0 })
        {
            lock (_unschedulable)
            {
                _unschedulable.Remove(key);
            }

            return;
        }

        var nodes = Api.View<V1Node>();
        if (ClaimProblem(pod) is { } claim)
        {
            Refuse(pod, $"0/{nodes.Count} nodes are available: {claim}. not found");
            return;
        }

        var others = Placed();
        var fits = nodes.ToDictionary(
            node => node, node => NodeFit.Check(pod, node, [.. others.Where(other => other.Spec.NodeName == node.Metadata.Name)]));
        if (fits.FirstOrDefault(entry => entry.Value.Reasons.Count == 0).Key is { } chosen)
        {
            PlaceClaimsThenBind(pod, chosen, nodes.Count);
        }
        else
        {
            Refuse(pod, Explain([.. fits.Values]));
        }
    }

    private void OnPod(V1Pod pod, bool deleted)
    {
        Follow(pod, deleted);
        if (!deleted && IsWaiting(pod))
        {
            Enqueue(ObjectKey.Of(pod));
        }
        else if (deleted || PodState.IsTerminal(pod))
        {
            RetryAll(); // it has made room
        }
    }

    // What is told may be older than what was bound here meanwhile: only the end of that very pod takes it out.
    private void Follow(V1Pod pod, bool deleted)
    {
        var key = ObjectKey.Of(pod);
        lock (_placed)
        {
            if (deleted || PodState.IsTerminal(pod))
            {
                if (_placed.TryGetValue(key, out var placed) && placed.Metadata.Uid == pod.Metadata.Uid)
                {
                    _placed.Remove(key);
                }
            }
            else if (!string.IsNullOrEmpty(pod.Spec.NodeName))
            {
                _placed[key] = pod;
            }
        }
    }

    private V1Pod[] Placed()
    {
        lock (_placed)
        {
            if (!_knowsPlaced)
            {
                // The first one may be asked for before all are told of.
                foreach (var pod in Api.List<V1Pod>().Items.Where(pod => !PodState.IsTerminal(pod) && !string.IsNullOrEmpty(pod.Spec.NodeName)))
                {
                    _placed[ObjectKey.Of(pod)] = pod;
                }

                _knowsPlaced = true;
            }

            return [.. _placed.Values];
        }
    }

    private void RetryAll()
    {
        ObjectKey[] waiting;
        lock (_unschedulable)
        {
            waiting = [.. _unschedulable];
        }

        foreach (var key in waiting)
        {
            Enqueue(key);
        }
    }

    private static bool IsWaiting(V1Pod pod) =>
        string.IsNullOrEmpty(pod.Spec.NodeName)
        && pod.Metadata.DeletionTimestamp is null
        && !PodState.IsTerminal(pod)
        && (pod.Spec.SchedulerName ?? "default-scheduler") == "default-scheduler";

    private string? ClaimProblem(V1Pod pod)
    {
        foreach (var name in Claims.NamesOf(pod))
        {
            if (Api.Get<V1PersistentVolumeClaim>(pod.Metadata.NamespaceProperty, name) is not { } claim)
            {
                return $"persistentvolumeclaim \"{name}\" not found";
            }

            if (claim.Status?.Phase == "Lost")
            {
                return $"persistentvolumeclaim \"{name}\" bound to non-existent persistentvolume \"{claim.Spec.VolumeName}\"";
            }

            if (claim.Metadata.DeletionTimestamp is not null)
            {
                return $"persistentvolumeclaim \"{name}\" is being deleted";
            }

            if (!Claims.IsBound(claim) && !Claims.WaitsForConsumer(Api, claim))
            {
                return "pod has unbound immediate PersistentVolumeClaims";
            }
        }

        return null;
    }

    /// <summary>What waited for this pod is told its node; the pod is bound to it once all of its volumes are there.</summary>
    private void PlaceClaimsThenBind(V1Pod pod, V1Node node, int nodes)
    {
        var waiting = Claims.NamesOf(pod)
            .Select(name => Api.Get<V1PersistentVolumeClaim>(pod.Metadata.NamespaceProperty, name)).OfType<V1PersistentVolumeClaim>()
            .Where(claim => !Claims.IsBound(claim)).ToArray();
        foreach (var claim in waiting)
        {
            if (!Claims.Place(Api, claim, node.Metadata.Name, SchedulerManager))
            {
                Refuse(pod, Explain([.. Enumerable.Repeat(new NodeFit(["node(s) didn't find available persistent volumes to bind"], MightFit: false), nodes)]));
                return;
            }
        }

        if (waiting.Length == 0)
        {
            Bind(pod, node);
            return;
        }

        lock (_unschedulable)
        {
            _unschedulable.Add(ObjectKey.Of(pod));
        }
    }

    private static string Explain(IReadOnlyCollection<NodeFit> fits)
    {
        if (fits.Count == 0)
        {
            return "no nodes available to schedule pods";
        }

        var reasons = fits.SelectMany(fit => fit.Reasons).GroupBy(reason => reason).Select(group => $"{group.Count()} {group.Key}").Order(StringComparer.Ordinal);
        var hopeless = fits.Count(fit => !fit.MightFit);
        var preemption = string.Join(", ", new[]
        {
            fits.Count > hopeless ? $"{fits.Count - hopeless} No preemption victims found for incoming pod" : null,
            hopeless > 0 ? $"{hopeless} Preemption is not helpful for scheduling" : null,
        }.OfType<string>());
        return $"0/{fits.Count} nodes are available: {string.Join(", ", reasons)}. no new claims to deallocate, "
            + $"preemption: 0/{fits.Count} nodes are available: {preemption}.";
    }

    private void Bind(V1Pod pod, V1Node node)
    {
        // Before it is bound: from then on its end may be told at any moment.
        pod.Spec.NodeName = node.Metadata.Name;
        Follow(pod, deleted: false);
        var isBound = false;
        try
        {
            isBound = PodBinding.TryBind(Api, pod, node.Metadata.Name, Now);
        }
        finally
        {
            if (!isBound)
            {
                Follow(pod, deleted: true);
            }
        }

        if (!isBound)
        {
            return;
        }

        lock (_unschedulable)
        {
            _unschedulable.Remove(ObjectKey.Of(pod));
        }

        Context.Events.Scheduler(
            pod, "Normal", "Scheduled", $"Successfully assigned {pod.Metadata.NamespaceProperty}/{pod.Metadata.Name} to {node.Metadata.Name}", "Binding");
    }

    private void Refuse(V1Pod pod, string message)
    {
        var condition = pod.Status?.Conditions?.FirstOrDefault(current => current.Type == "PodScheduled");
        var fresh = condition?.Message != message;
        if (fresh)
        {
            pod.Status ??= new V1PodStatus();
            pod.Status.Conditions =
            [
                .. (pod.Status.Conditions ?? []).Where(current => current.Type != "PodScheduled"),
                new V1PodCondition
                {
                    Type = "PodScheduled",
                    Status = "False",
                    Reason = "Unschedulable",
                    Message = message,
                    LastTransitionTime = condition?.Status == "False" ? condition.LastTransitionTime : Now,
                    ObservedGeneration = pod.Metadata.Generation,
                },
            ];
            Api.UpdateStatus(pod, SchedulerManager);
        }

        bool again;
        lock (_unschedulable)
        {
            again = !_unschedulable.Add(ObjectKey.Of(pod));
        }

        if (fresh || !again)
        {
            Context.Events.Scheduler(pod, "Warning", "FailedScheduling", message, "Scheduling");
        }

        EnqueueAfter(ObjectKey.Of(pod), LookAgain);
    }
}
