using AspireK8sDeployer.Engine.Diagnose;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Wait;

/// <summary>What the pods are at, where no cause is known.</summary>
internal static class PodTable
{
    private const int Most = 3;

    public static string Of(RolloutObjects objects, DateTimeOffset now)
    {
        var unready = objects.NewPods.Where(pod => !Diagnoser.IsReady(pod)).ToList();
        return unready switch
        {
            [] => objects.NewReplicaSet is null ? "there is no ReplicaSet for it" : "it has no pod that is not ready",
            _ => string.Join("; ", unready.Take(Most).Select(pod => Line(pod, now))) + (unready.Count > Most ? $"; and {unready.Count - Most} more" : ""),
        };
    }

    private static string Line(V1Pod pod, DateTimeOffset now)
    {
        var last = pod.Status?.Conditions?.Where(condition => condition.LastTransitionTime is not null).MaxBy(condition => condition.LastTransitionTime);
        var since = last?.LastTransitionTime ?? pod.Metadata.CreationTimestamp;
        var change = last is null ? "" : $", {last.Type} is {last.Status}";
        return $"pod {pod.Metadata.Name} is {pod.Status?.Phase ?? "Unknown"}{change}{(since is { } time ? $" for {Math.Max(0, (int)(now - time).TotalSeconds)} s" : "")}";
    }
}
