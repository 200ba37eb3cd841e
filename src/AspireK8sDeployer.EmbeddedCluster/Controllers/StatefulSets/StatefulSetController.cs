using System.Globalization;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using k8s;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Controllers.StatefulSets;

/// <summary>
/// Keeps the pods of a StatefulSet by their numbers: one after the other, and in an update from the last to the first. Volume
/// claims are not made: the embedded cluster has no persistent volumes.
/// </summary>
internal sealed class StatefulSetController : Controller
{
    private const string RevisionLabel = "controller-revision-hash";

    private static readonly EventSource Source = new("statefulset-controller", Manager);

    public StatefulSetController(ControllerContext context)
        : base(context)
    {
        context.Hub.Subscribe<V1StatefulSet>((set, _) => Enqueue(ObjectKey.Of(set)));
        context.Hub.Subscribe<V1Pod>((pod, _) =>
        {
            if (Ownership.ControllerOf(pod) is { Kind: "StatefulSet" } owner)
            {
                Enqueue(new ObjectKey(pod.Metadata.NamespaceProperty, owner.Name));
            }
        });
    }

    protected override void Reconcile(ObjectKey key)
    {
        if (Api.Get<V1StatefulSet>(key.Namespace, key.Name) is not { } set)
        {
            return;
        }

        var template = Api.Get(Api.Resources.Of<V1StatefulSet>(), key.Namespace, key.Name)?["spec"]?["template"] as JsonObject ?? [];
        var data = TemplateRevision.Data(template);
        var revision = $"{set.Metadata.Name}-{TemplateRevision.Hash(data, set.Status?.CollisionCount ?? 0)}";
        EnsureRevision(set, revision, data);
        var pods = Api.List<V1Pod>(key.Namespace).Items.Where(pod => pod.IsControlledBy(set)).ToArray();
        if (set.Metadata.DeletionTimestamp is null)
        {
            Work(set, pods, revision);
        }

        UpdateStatus(set, revision);
    }

    private void Work(V1StatefulSet set, V1Pod[] pods, string revision)
    {
        var first = set.Spec.Ordinals?.Start ?? 0;
        var end = first + (set.Spec.Replicas ?? 1);
        var parallel = set.Spec.PodManagementPolicy == "Parallel";
        var byNumber = pods.Where(pod => Number(pod) is not null).ToDictionary(pod => Number(pod)!.Value);

        for (var number = first; number < end; number++)
        {
            if (!byNumber.TryGetValue(number, out var pod))
            {
                var created = Api.Create(NewPod(set, number, revision), Manager);
                Context.Events.Normal(Source, set, "SuccessfulCreate", $"create Pod {created.Metadata.Name} in StatefulSet {set.Metadata.Name} successful");
            }
            else if (PodState.IsTerminal(pod) && pod.Metadata.DeletionTimestamp is null)
            {
                Delete(set, pod);
            }

            if (!parallel && (pod is null || !PodState.IsReady(pod) || pod.Metadata.DeletionTimestamp is not null))
            {
                return; // the next one waits for this one
            }
        }

        foreach (var pod in pods.Where(pod => Number(pod) is not { } number || number < first || number >= end).OrderByDescending(Number))
        {
            if (pod.Metadata.DeletionTimestamp is null)
            {
                Delete(set, pod);
            }

            if (!parallel)
            {
                return;
            }
        }

        Update(set, byNumber, first, end, revision);
    }

    private void Update(V1StatefulSet set, Dictionary<int, V1Pod> pods, int first, int end, string revision)
    {
        if (set.Spec.UpdateStrategy?.Type == "OnDelete")
        {
            return;
        }

        for (var number = end - 1; number >= Math.Max(first, set.Spec.UpdateStrategy?.RollingUpdate?.Partition ?? 0); number--)
        {
            if (!pods.TryGetValue(number, out var pod) || pod.Metadata.DeletionTimestamp is not null)
            {
                return;
            }

            if (pod.Metadata.Labels?.TryGetValue(RevisionLabel, out var has) != true || has != revision)
            {
                Delete(set, pod);
                return;
            }

            if (!PodState.IsReady(pod))
            {
                return;
            }
        }
    }

    private void Delete(V1StatefulSet set, V1Pod pod)
    {
        Api.Delete<V1Pod>(pod.Metadata.NamespaceProperty, pod.Metadata.Name, new DeleteOptions { Uid = pod.Metadata.Uid });
        Context.Events.Normal(Source, set, "SuccessfulDelete", $"delete Pod {pod.Metadata.Name} in StatefulSet {set.Metadata.Name} successful");
    }

    private void EnsureRevision(V1StatefulSet set, string name, JsonObject data)
    {
        if (Api.Get<V1ControllerRevision>(set.Metadata.NamespaceProperty, name) is not null)
        {
            return;
        }

        var revisions = Api.List<V1ControllerRevision>(set.Metadata.NamespaceProperty).Items.Where(revision => revision.IsControlledBy(set)).ToArray();
        Api.Create(
            new V1ControllerRevision
            {
                Metadata = new V1ObjectMeta
                {
                    Name = name,
                    NamespaceProperty = set.Metadata.NamespaceProperty,
                    Labels = new Dictionary<string, string>(set.Spec.Template.Metadata?.Labels ?? new Dictionary<string, string>()) { ["controller.kubernetes.io/hash"] = name[(name.LastIndexOf('-') + 1)..] },
                    OwnerReferences = [Ownership.ReferenceTo(set, "apps/v1", "StatefulSet")],
                },
                Data = data,
                Revision = revisions.Select(revision => revision.Revision).DefaultIfEmpty(0).Max() + 1,
            },
            Manager);
        foreach (var old in revisions.OrderByDescending(revision => revision.Revision).Skip(set.Spec.RevisionHistoryLimit ?? 10))
        {
            Api.Delete<V1ControllerRevision>(old.Metadata.NamespaceProperty, old.Metadata.Name);
        }
    }

    private void UpdateStatus(V1StatefulSet set, string revision)
    {
        var pods = Api.List<V1Pod>(set.Metadata.NamespaceProperty).Items.Where(pod => pod.IsControlledBy(set) && PodState.IsActive(pod)).ToArray();
        var updated = pods.Count(pod => RevisionOf(pod) == revision);
        var before = set.Status?.CurrentRevision is { Length: > 0 } known ? known : revision;
        var complete = updated == pods.Length && pods.Length == (set.Spec.Replicas ?? 1) && pods.All(PodState.IsReady);
        var current = complete ? revision : before;
        var status = new V1StatefulSetStatus
        {
            ObservedGeneration = set.Metadata.Generation,
            Replicas = pods.Length,
            ReadyReplicas = NullIfZero(pods.Count(PodState.IsReady)),
            AvailableReplicas = pods.Count(pod => PodState.IsAvailable(pod, set.Spec.MinReadySeconds ?? 0, Now)),
            CurrentReplicas = NullIfZero(pods.Count(pod => RevisionOf(pod) == current)),
            UpdatedReplicas = NullIfZero(updated),
            CurrentRevision = current,
            UpdateRevision = revision,
            CollisionCount = set.Status?.CollisionCount ?? 0,
            Conditions = set.Status?.Conditions,
        };
        if (KubernetesJson.Serialize(status) != KubernetesJson.Serialize(set.Status))
        {
            set.Status = status;
            Api.UpdateStatus(set, Manager);
        }
    }

    private static V1Pod NewPod(V1StatefulSet set, int number, string revision)
    {
        var template = KubernetesJson.Deserialize<V1PodTemplateSpec>(KubernetesJson.Serialize(set.Spec.Template));
        var name = $"{set.Metadata.Name}-{number}";
        template.Spec.Hostname = name;
        template.Spec.Subdomain = set.Spec.ServiceName;
        return new V1Pod
        {
            Metadata = new V1ObjectMeta
            {
                Name = name,
                GenerateName = set.Metadata.Name + "-",
                NamespaceProperty = set.Metadata.NamespaceProperty,
                Labels = new Dictionary<string, string>(template.Metadata?.Labels ?? new Dictionary<string, string>())
                {
                    ["apps.kubernetes.io/pod-index"] = number.ToString(CultureInfo.InvariantCulture),
                    [RevisionLabel] = revision,
                    ["statefulset.kubernetes.io/pod-name"] = name,
                },
                Annotations = template.Metadata?.Annotations,
                OwnerReferences = [Ownership.ReferenceTo(set, "apps/v1", "StatefulSet")],
            },
            Spec = template.Spec,
        };
    }

    private static int? Number(V1Pod pod) =>
        int.TryParse(pod.Metadata.Name[(pod.Metadata.Name.LastIndexOf('-') + 1)..], CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? RevisionOf(V1Pod pod) => pod.Metadata.Labels?.TryGetValue(RevisionLabel, out var revision) == true ? revision : null;

    private static int? NullIfZero(int count) => count == 0 ? null : count;
}
