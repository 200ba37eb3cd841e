using AspireK8sDeployer.EmbeddedCluster.Api;
using k8s;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Controllers.ReplicaSets;

/// <summary>Keeps as many pods as a ReplicaSet asks for.</summary>
internal sealed class ReplicaSetController : Controller
{
    private const int Burst = 500;

    private static readonly EventSource Source = new("replicaset-controller", Manager);

    public ReplicaSetController(ControllerContext context)
        : base(context)
    {
        context.Hub.Subscribe<V1ReplicaSet>((set, _) => Enqueue(ObjectKey.Of(set)));
        context.Hub.Subscribe<V1Pod>((pod, _) => EnqueueFor(pod));
    }

    protected override void Reconcile(ObjectKey key)
    {
        if (Api.Get<V1ReplicaSet>(key.Namespace, key.Name) is not { } set)
        {
            return;
        }

        var pods = Ownership.Claim(
            set,
            Ownership.ReferenceTo(set, "apps/v1", "ReplicaSet"),
            set.Spec.Selector,
            Ownership.Candidates<V1Pod>(Api, set, set.Spec.Selector).Where(pod => !PodState.IsTerminal(pod)),
            pod => Api.Update(pod, Manager));
        var active = pods.Where(PodState.IsActive).ToList();

        var before = active.Count;
        ApiException? failure = null;
        if (set.Metadata.DeletionTimestamp is null)
        {
            failure = Scale(set, active);
        }

        UpdateStatus(set, active, pods.Count(PodState.IsTerminating), failure is null ? null : (before < (set.Spec.Replicas ?? 1) ? "FailedCreate" : "FailedDelete", failure.Message));
        if (failure is not null)
        {
            throw failure;
        }
    }

    private void EnqueueFor(V1Pod pod)
    {
        if (Ownership.ControllerOf(pod) is { } owner)
        {
            if (owner.Kind == "ReplicaSet")
            {
                Enqueue(new ObjectKey(pod.Metadata.NamespaceProperty, owner.Name));
            }

            return;
        }

        // Nobody's: a ReplicaSet that matches may want it.
        foreach (var set in Api.View<V1ReplicaSet>(pod.Metadata.NamespaceProperty)
            .Where(set => LabelMatch.Matches(set.Spec.Selector, pod.Metadata.Labels)))
        {
            Enqueue(ObjectKey.Of(set));
        }
    }

    private ApiException? Scale(V1ReplicaSet set, List<V1Pod> active)
    {
        var missing = (set.Spec.Replicas ?? 1) - active.Count;
        return missing > 0 ? Create(set, active, Math.Min(missing, Burst)) : Delete(set, active, Math.Min(-missing, Burst));
    }

    /// <summary>One pod, then two, then four: when pods are refused, not all of them are tried in vain.</summary>
    private ApiException? Create(V1ReplicaSet set, List<V1Pod> active, int missing)
    {
        for (var batch = 1; missing > 0; batch *= 2)
        {
            ApiException? failure = null;
            for (var i = Math.Min(batch, missing); i > 0; i--, missing--)
            {
                try
                {
                    var pod = Api.Create(NewPod(set), Manager);
                    active.Add(pod);
                    Context.Events.Normal(Source, set, "SuccessfulCreate", $"Created pod: {pod.Metadata.Name}");
                }
                catch (ApiException e) when (e.Details?.Causes?.Any(cause => cause.Reason == "NamespaceTerminating") == true)
                {
                    return null; // everything in the namespace goes, this ReplicaSet too
                }
                catch (ApiException e)
                {
                    failure = e;
                    Context.Events.Warning(Source, set, "FailedCreate", $"Error creating: {e.Message}");
                }
            }

            if (failure is not null)
            {
                return failure;
            }
        }

        return null;
    }

    private ApiException? Delete(V1ReplicaSet set, List<V1Pod> active, int superfluous)
    {
        ApiException? failure = null;
        foreach (var pod in PodDeletionOrder.Sort(active).Take(superfluous).ToArray())
        {
            try
            {
                Api.Delete<V1Pod>(pod.Metadata.NamespaceProperty, pod.Metadata.Name, new DeleteOptions { Uid = pod.Metadata.Uid });
                Context.Events.Normal(Source, set, "SuccessfulDelete", $"Deleted pod: {pod.Metadata.Name}");
            }
            catch (ApiException e) when (e.Code is not 404)
            {
                failure = e;
                Context.Events.Warning(Source, set, "FailedDelete", $"Error deleting: {e.Message}");
            }
        }

        return failure;
    }

    private void UpdateStatus(V1ReplicaSet set, List<V1Pod> active, int terminating, (string Reason, string Message)? failure)
    {
        // What was just created or deleted has changed the count; the rest is read again.
        var now = Now;
        var minReady = set.Spec.MinReadySeconds ?? 0;
        var pods = active.Select(pod => Api.Get<V1Pod>(pod.Metadata.NamespaceProperty, pod.Metadata.Name)).OfType<V1Pod>().ToArray();
        terminating += pods.Count(PodState.IsTerminating);
        var present = pods.Where(PodState.IsActive).ToArray();

        var status = new V1ReplicaSetStatus
        {
            Replicas = present.Length,
            FullyLabeledReplicas = NullIfZero(present.Count(pod => LabelMatch.Matches(set.Spec.Template.Metadata?.Labels, pod.Metadata.Labels))),
            ReadyReplicas = NullIfZero(present.Count(PodState.IsReady)),
            AvailableReplicas = NullIfZero(present.Count(pod => PodState.IsAvailable(pod, minReady, now))),
            TerminatingReplicas = terminating,
            ObservedGeneration = set.Metadata.Generation,
            Conditions = Conditions(set, failure, now),
        };

        if (KubernetesJson.Serialize(status) != KubernetesJson.Serialize(set.Status ?? new V1ReplicaSetStatus()))
        {
            set.Status = status;
            Api.UpdateStatus(set, Manager);
        }

        if ((status.AvailableReplicas ?? 0) != (status.ReadyReplicas ?? 0))
        {
            EnqueueAfter(ObjectKey.Of(set), present.Where(PodState.IsReady)
                .Select(pod => PodState.ReadySince(pod)!.Value + TimeSpan.FromSeconds(minReady) - now)
                .Where(left => left > TimeSpan.Zero).DefaultIfEmpty(TimeSpan.FromSeconds(1)).Min());
        }
    }

    /// <summary>The message of a failure stays the first one's until pods can be created again.</summary>
    private static List<V1ReplicaSetCondition>? Conditions(V1ReplicaSet set, (string Reason, string Message)? failure, DateTime now)
    {
        var conditions = (set.Status?.Conditions ?? []).ToList();
        var current = conditions.Find(condition => condition.Type == "ReplicaFailure");
        if (failure is not { } problem)
        {
            conditions.RemoveAll(condition => condition.Type == "ReplicaFailure");
        }
        else if (current is null)
        {
            conditions.Add(new V1ReplicaSetCondition
            {
                Type = "ReplicaFailure",
                Status = "True",
                Reason = problem.Reason,
                Message = problem.Message,
                LastTransitionTime = now,
            });
        }

        return conditions.Count == 0 ? null : conditions;
    }

    private static V1Pod NewPod(V1ReplicaSet set)
    {
        var template = KubernetesJson.Deserialize<V1PodTemplateSpec>(KubernetesJson.Serialize(set.Spec.Template));
        return new V1Pod
        {
            Metadata = new V1ObjectMeta
            {
                GenerateName = set.Metadata.Name + "-",
                NamespaceProperty = set.Metadata.NamespaceProperty,
                Labels = template.Metadata?.Labels,
                Annotations = template.Metadata?.Annotations,
                Finalizers = template.Metadata?.Finalizers,
                OwnerReferences = [Ownership.ReferenceTo(set, "apps/v1", "ReplicaSet")],
            },
            Spec = template.Spec,
        };
    }

    private static int? NullIfZero(int count) => count == 0 ? null : count;
}
