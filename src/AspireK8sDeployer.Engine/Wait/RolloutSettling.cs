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
        var restarts = objects.NewPods.SelectMany(LastingContainers.StatusesOf).Sum(status => status.RestartCount);
        _readySince = _readySince is { } since && restarts == _restarts ? since : now;
        _restarts = restarts;
        var deployment = objects.Deployment!.Spec;
        var unprobed = deployment.Replicas == 0 || deployment.MinReadySeconds > 0
            ? null
            : LastingContainers.Of(deployment.Template.Spec).FirstOrDefault(container => container.ReadinessProbe is null);
        return unprobed is not null && now - _readySince < WithoutProbe
            ? Readiness.InProgress($"{readiness.Reason}; looks whether it stays so, as container {unprobed.Name} has no readiness probe")
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

        // The counts and the pods come on streams of their own: that they differ need not mean that anything went wrong.
        var isWell = pods.Any(Diagnoser.IsReady) && pods.All(pod => Diagnoser.IsReady(pod) || !Diagnoser.IsActive(pod));
        return isWell ? readiness : Readiness.InProgress($"{Math.Min(pods.Count(Diagnoser.IsReady), objects.Desired)} of {objects.Desired} replicas available");
    }
}
