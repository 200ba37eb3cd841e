using AspireK8sDeployer.Engine.Diagnose;

namespace AspireK8sDeployer.Engine.Wait;

/// <summary>
/// Holds a rollout that looks ready against its pods: the controller stops reporting failure once it was complete, and a
/// process without a readiness probe counts as ready before it has had time to crash.
/// </summary>
internal sealed class RolloutSettling
{
    private static readonly TimeSpan WithoutProbe = TimeSpan.FromSeconds(10);

    private DateTimeOffset? _readySince;
    private int _restarts;

    public Readiness Settled(Readiness counted, RolloutObjects objects, DateTimeOffset now)
    {
        var readiness = WithPods(counted, objects);
        if (!readiness.IsReady)
        {
            _readySince = null;
            return readiness;
        }

        // Ready twice in a row with a restart in between is not ready all the while.
        var restarts = objects.NewPods.SelectMany(pod => pod.Status?.ContainerStatuses ?? []).Sum(status => status.RestartCount);
        _readySince = _readySince is { } since && restarts == _restarts ? since : now;
        _restarts = restarts;
        var deployment = objects.Deployment!.Spec;
        var settles = deployment.Replicas != 0
            && (deployment.MinReadySeconds ?? 0) == 0
            && deployment.Template.Spec.Containers.Any(container => container.ReadinessProbe is null);
        return settles && now - _readySince < WithoutProbe
            ? Readiness.InProgress($"{readiness.Reason}; looks whether it stays so, as there is no readiness probe")
            : readiness;
    }

    // What has ended for good is replaced and does not count; an evicted pod stays to be looked at for long. Without the right
    // to see pods there are none, and the counts have to do.
    private static Readiness WithPods(Readiness readiness, RolloutObjects objects)
    {
        var pods = objects.NewPods;
        if (!readiness.IsReady || pods.Count == 0 || objects.Desired == 0)
        {
            return readiness;
        }

        var unready = pods.FirstOrDefault(pod => Diagnoser.IsActive(pod) && !Diagnoser.IsReady(pod)) ?? (pods.Any(Diagnoser.IsReady) ? null : pods[0]);
        return unready is null ? readiness : Readiness.InProgress($"pod {unready.Metadata.Name} is not ready any more");
    }
}
