using System.Globalization;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Wait;

/// <summary>A Deployment and all that tells how it is doing, at one moment.</summary>
internal sealed record RolloutObjects
{
    private const string RevisionAnnotation = "deployment.kubernetes.io/revision";

    public required V1Deployment? Deployment { get; init; }

    public IReadOnlyList<V1ReplicaSet> ReplicaSets { get; init; } = [];

    public IReadOnlyList<V1Pod> Pods { get; init; } = [];

    public IReadOnlyList<Corev1Event> Events { get; init; } = [];

    /// <summary>The ReplicaSet of the present template: ours with the highest revision.</summary>
    public V1ReplicaSet? NewReplicaSet => OwnReplicaSets.MaxBy(Revision);

    /// <summary>Pods of the present template that are not on their way out.</summary>
    public IReadOnlyList<V1Pod> NewPods => NewReplicaSet is { } set ? PodsOf(set) : [];

    /// <summary>How many replicas of earlier templates still answer.</summary>
    public int OldReady => OwnReplicaSets.Where(set => set != NewReplicaSet).Sum(set => set.Status?.ReadyReplicas ?? 0);

    private IEnumerable<V1ReplicaSet> OwnReplicaSets => Deployment is null ? [] : ReplicaSets.Where(set => IsOwnedBy(set.Metadata, Deployment.Metadata));

    /// <summary>The events of an object, the latest first.</summary>
    public IEnumerable<Corev1Event> EventsOf(V1ObjectMeta item) => Events
        .Where(@event => @event.InvolvedObject?.Uid == item.Uid)
        .OrderByDescending(Time);

    private List<V1Pod> PodsOf(V1ReplicaSet set) =>
        [.. Pods.Where(pod => IsOwnedBy(pod.Metadata, set.Metadata) && pod.Metadata.DeletionTimestamp is null).OrderBy(pod => pod.Metadata.Name, StringComparer.Ordinal)];

    private static DateTime Time(Corev1Event @event) =>
        @event.Series?.LastObservedTime ?? @event.LastTimestamp ?? @event.EventTime ?? @event.Metadata?.CreationTimestamp ?? DateTime.MinValue;

    private static bool IsOwnedBy(V1ObjectMeta item, V1ObjectMeta owner) => item.OwnerReferences?.Any(reference => reference.Uid == owner.Uid) == true;

    private static long Revision(V1ReplicaSet set) =>
        set.Metadata.Annotations?.TryGetValue(RevisionAnnotation, out var text) == true && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? revision
            : 0;
}
