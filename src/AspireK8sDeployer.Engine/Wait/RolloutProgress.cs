using AspireK8sDeployer.Engine.Diagnose;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Wait;

/// <summary>Whether anything still moves. It remembers what it saw last, and whether a replica ever was ready.</summary>
internal sealed class RolloutProgress
{
    private static readonly TimeSpan Standstill = TimeSpan.FromMinutes(5);

    // A large image takes its time, and nothing is seen to move meanwhile.
    private static readonly TimeSpan StandstillOfPull = TimeSpan.FromMinutes(10);

    private string? _last;
    private DateTimeOffset _since;
    private string? _set;

    /// <summary>Whether a replica of the present template was ready, by the word of a probe: then the template can work.</summary>
    public bool WasReady { get; private set; }

    public void See(RolloutObjects objects, DateTimeOffset now)
    {
        var set = objects.NewReplicaSet?.Metadata.Uid;
        WasReady = (WasReady && set == _set) || objects.NewPods.Any(pod => Diagnoser.IsReady(pod) && LastingContainers.AreProbed(pod.Spec));
        _set = set;
        var seen = Fingerprint(objects);
        if (seen != _last)
        {
            (_last, _since) = (seen, now);
        }
    }

    /// <summary>Whether nothing has moved for so long that nothing will.</summary>
    public bool HasStalled(RolloutObjects objects, DateTimeOffset now)
    {
        // What runs may be at work, however long: that is for the time of the whole deploy to end.
        var statuses = objects.NewPods.SelectMany(Statuses).ToList();
        var isAtWork = statuses.Any(status => status.State?.Running is not null && !status.Ready);
        var isPulling = statuses.Any(status => status.State?.Waiting?.Reason is "ContainerCreating" or "PodInitializing");
        return !isAtWork && now - _since >= (isPulling ? StandstillOfPull : Standstill);
    }

    private static string Fingerprint(RolloutObjects objects)
    {
        var status = objects.Deployment?.Status;
        var pods = objects.Pods.OrderBy(pod => pod.Metadata.Name, StringComparer.Ordinal).Select(pod =>
            $"{pod.Metadata.Name}:{pod.Status?.Phase}:{pod.Spec.NodeName}:{pod.Metadata.DeletionTimestamp is not null}:{string.Join(',', Statuses(pod).Select(Word))}");
        return $"{status?.UpdatedReplicas}/{status?.ReadyReplicas}/{status?.AvailableReplicas}/{status?.TerminatingReplicas} {string.Join(' ', pods)}";
    }

    // An image that was pulled has an ID; a restart is no progress.
    private static string Word(V1ContainerStatus status) => $"{status.Name}={status.Ready}{status.Started}{status.ImageID}";

    private static IEnumerable<V1ContainerStatus> Statuses(V1Pod pod) => (pod.Status?.InitContainerStatuses ?? []).Concat(pod.Status?.ContainerStatuses ?? []);
}
