using AspireK8sDeployer.Engine.Diagnose;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Wait;

/// <summary>Judges a rollout from what the cluster shows, moment by moment.</summary>
internal sealed class RolloutJudge(FailFast mode)
{
    // A process without a readiness probe counts as ready before it has had time to crash.
    private static readonly TimeSpan SettleWithoutProbe = TimeSpan.FromSeconds(10);

    private readonly FailureProof _proof = new(mode);
    private DateTimeOffset? _readySince;
    private int _restarts;

    public RolloutVerdict Judge(RolloutObjects objects, DateTimeOffset now)
    {
        if (objects.Deployment is not { } deployment)
        {
            return new RolloutVerdict(Readiness.InProgress("it has not appeared yet"), [], null);
        }

        var readiness = Settled(WithPods(DeploymentReadiness.Of(deployment), objects), deployment, Restarts(objects), now);
        if (readiness.IsReady || IsOfBefore(deployment))
        {
            return new RolloutVerdict(readiness, [], null);
        }

        var causes = Diagnoser.Diagnose(objects, now);
        var failure = _proof.Proven(causes, now) ?? (readiness.State == ReadinessState.Stalled && mode != FailFast.Off ? OfStall(causes, readiness) : null);
        return new RolloutVerdict(readiness, causes, failure);
    }

    // The controller stops reporting failure once a rollout was complete: the pods have the last word.
    private static Readiness WithPods(Readiness readiness, RolloutObjects objects)
    {
        var unready = readiness.IsReady ? objects.NewPods.FirstOrDefault(pod => !Diagnoser.IsReady(pod)) : null;
        return unready is null ? readiness : Readiness.InProgress($"pod {unready.Metadata.Name} is not ready any more");
    }

    private Readiness Settled(Readiness readiness, V1Deployment deployment, int restarts, DateTimeOffset now)
    {
        if (!readiness.IsReady)
        {
            _readySince = null;
            return readiness;
        }

        // Ready twice in a row with a restart in between is not ready all the while.
        _readySince = _readySince is { } since && restarts == _restarts ? since : now;
        _restarts = restarts;
        var settles = deployment.Spec.Replicas != 0
            && (deployment.Spec.MinReadySeconds ?? 0) == 0
            && deployment.Spec.Template.Spec.Containers.Any(container => container.ReadinessProbe is null);
        return settles && now - _readySince < SettleWithoutProbe
            ? Readiness.InProgress($"{readiness.Reason}; looks whether it stays so, as there is no readiness probe")
            : readiness;
    }

    private static int Restarts(RolloutObjects objects) => objects.NewPods.SelectMany(pod => pod.Status?.ContainerStatuses ?? []).Sum(status => status.RestartCount);

    // Until the controller has seen the new specification, pods and conditions are those of the old one.
    private static bool IsOfBefore(V1Deployment deployment) => (deployment.Status?.ObservedGeneration ?? 0) < (deployment.Metadata.Generation ?? 0);

    // What only needs its proof gets the time for it: the controller's deadline may be shorter than that.
    private static Diagnosis? OfStall(IReadOnlyList<Diagnosis> causes, Readiness readiness) => causes switch
    {
        [] => new Diagnosis("DEADLINE_NO_CAUSE", FailureClass.Fatal, readiness.Reason, "see 'kubectl describe' of its pods"),
        _ => causes.FirstOrDefault(cause => cause.Class == FailureClass.Waits),
    };
}
