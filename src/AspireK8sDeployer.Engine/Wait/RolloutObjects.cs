using System.Globalization;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Wait;

/// <summary>A Deployment and all that tells how it is doing, at one moment.</summary>
internal sealed record RolloutObjects
{
    private const string RevisionAnnotation = "deployment.kubernetes.io/revision";
    private const string HashLabel = "pod-template-hash";

    public required V1Deployment? Deployment { get; init; }

    public IReadOnlyList<V1ReplicaSet> ReplicaSets { get; init; } = [];

    public IReadOnlyList<V1Pod> Pods { get; init; } = [];

    public IReadOnlyList<Corev1Event> Events { get; init; } = [];

    public SideObjects Beside { get; init; } = SideObjects.None;

    /// <summary>The ReplicaSet of the present template; null when it is not made yet.</summary>
    public V1ReplicaSet? NewReplicaSet => _newReplicaSet.Value;

    /// <summary>Pods of the present template that are not on their way out.</summary>
    public IReadOnlyList<V1Pod> NewPods => NewReplicaSet is { } set ? PodsOf(set) : [];

    /// <summary>Pods of any template that are on their way out.</summary>
    public IReadOnlyList<V1Pod> TerminatingPods =>
        [.. Pods.Where(pod => pod.Metadata.DeletionTimestamp is not null && OwnReplicaSets.Any(set => IsOwnedBy(pod.Metadata, set.Metadata)))];

    /// <summary>How many replicas are wanted.</summary>
    public int Desired => Deployment?.Spec.Replicas ?? 1; // the API server's own default

    /// <summary>How many replicas of earlier templates still answer.</summary>
    public int OldReady => OwnReplicaSets.Where(set => set != NewReplicaSet).Sum(set => set.Status?.ReadyReplicas ?? 0);

    /// <summary>Whether there was a version before.</summary>
    public bool IsUpdate => OwnReplicaSets.Any(set => set != NewReplicaSet);

    private readonly Lazy<V1ReplicaSet?> _newReplicaSet;

    public RolloutObjects() => _newReplicaSet = new Lazy<V1ReplicaSet?>(FindNewReplicaSet);

    private IEnumerable<V1ReplicaSet> OwnReplicaSets => Deployment is null ? [] : ReplicaSets.Where(set => IsOwnedBy(set.Metadata, Deployment.Metadata));

    /// <summary>The events of an object, the latest first.</summary>
    public IEnumerable<Corev1Event> EventsOf(V1ObjectMeta item) => Events
        .Where(@event => @event.InvolvedObject?.Uid == item.Uid)
        .OrderByDescending(Time);

    /// <summary>When an event was last seen.</summary>
    public static DateTime Time(Corev1Event @event) =>
        @event.Series?.LastObservedTime ?? @event.LastTimestamp ?? @event.EventTime ?? @event.Metadata?.CreationTimestamp ?? DateTime.MinValue;

    /// <summary>How often an event was seen.</summary>
    public static int Count(Corev1Event @event) => @event.Series?.Count ?? @event.Count ?? 1;

    // The template decides; going back to an earlier one does not make a new ReplicaSet. One that is not made for want of a
    // right or a quota leaves that of before with the highest revision.
    private V1ReplicaSet? FindNewReplicaSet()
    {
        var latest = OwnReplicaSets.MaxBy(Revision);
        if (latest is null || Template(Deployment!.Spec.Template) is not { } wanted || JsonNode.DeepEquals(Template(latest.Spec?.Template), wanted))
        {
            return latest;
        }

        var same = OwnReplicaSets.FirstOrDefault(set => JsonNode.DeepEquals(Template(set.Spec?.Template), wanted));
        return same ?? (IsNotMade() ? null : latest);
    }

    private bool IsNotMade() => Deployment!.Status?.Conditions?.Any(condition => condition is { Type: "Progressing", Reason: "ReplicaSetCreateError" }) == true;

    private static JsonNode? Template(V1PodTemplateSpec? template)
    {
        if (template is null)
        {
            return null;
        }

        var node = JsonNode.Parse(KubernetesJson.Serialize(template))!;
        (node["metadata"]?["labels"] as JsonObject)?.Remove(HashLabel);
        (node["metadata"] as JsonObject)?.Remove("creationTimestamp");
        return node;
    }

    private List<V1Pod> PodsOf(V1ReplicaSet set) =>
        [.. Pods.Where(pod => IsOwnedBy(pod.Metadata, set.Metadata) && pod.Metadata.DeletionTimestamp is null).OrderBy(pod => pod.Metadata.Name, StringComparer.Ordinal)];

    private static bool IsOwnedBy(V1ObjectMeta item, V1ObjectMeta owner) => item.OwnerReferences?.Any(reference => reference.Uid == owner.Uid) == true;

    private static long Revision(V1ReplicaSet set) =>
        set.Metadata.Annotations?.TryGetValue(RevisionAnnotation, out var text) == true && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? revision
            : 0;
}
