using AspireK8sDeployer.Engine.Diagnose;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Wait;

/// <summary>Judges a rollout from what the cluster shows, moment by moment.</summary>
/// <param name="mode">When to give up.</param>
/// <param name="applied">What the last apply gave, if there was one: what is older tells nothing.</param>
internal sealed class RolloutJudge(FailFast mode, AppliedObject? applied = null)
{
    // What was applied may not be in every answer at once; afterwards somebody has taken it away.
    private static readonly TimeSpan Appearing = TimeSpan.FromSeconds(10);

    // The controllers look at once; this long they do not look at all.
    private static readonly TimeSpan Observing = TimeSpan.FromSeconds(30);

    private FailureProof _proof = new(mode);
    private RolloutProgress _progress = new();
    private RolloutSettling _settling = new();
    private ReadyToggles _toggles = new();
    private DateTimeOffset? _absentSince;
    private DateTimeOffset? _unobservedSince;
    private string? _uid = applied?.Uid;

    public RolloutVerdict Judge(RolloutObjects objects, DateTimeOffset now)
    {
        if (NamespaceRules.Diagnose(objects) is { } ending)
        {
            return new RolloutVerdict(new Readiness(ReadinessState.Terminating, "its namespace is going"), [ending], mode == FailFast.Off ? null : ending);
        }

        if (objects.Deployment is not { } deployment)
        {
            return Absent(now);
        }

        if (applied?.IsNewerThan(deployment) == true)
        {
            return new RolloutVerdict(Readiness.InProgress("the new specification has not been observed yet"), [], null);
        }

        var isReplaced = Follow(deployment);
        _absentSince = null;
        _unobservedSince = DeploymentReadiness.IsUnobserved(deployment) ? _unobservedSince ?? now : null;
        var readiness = _settling.Settled(DeploymentReadiness.Of(deployment), objects, now);
        if (isReplaced && !readiness.IsReady)
        {
            readiness = readiness with { Reason = $"somebody has replaced it by another; {readiness.Reason}" };
        }

        if (_unobservedSince is { } since)
        {
            return new RolloutVerdict(readiness, now - since >= Observing ? [Unobserved(now - since)] : [], null);
        }

        var flapping = _toggles.See(objects, now);
        var causes = Diagnoser.Diagnose(objects, now);
        if (readiness.State is ReadinessState.Ready or ReadinessState.Paused)
        {
            // What a rollout that is done still shows is worth knowing, and no failure.
            return new RolloutVerdict(readiness, [.. causes.Where(cause => cause.Class == FailureClass.Warns)], null);
        }

        // Why it ceases to be ready tells more than that it does.
        causes = causes.Count == 0 && flapping is not null ? [flapping] : causes;
        _progress.See(objects, now);
        var failure = _proof.Proven([.. causes.Where(cause => cause.Class != FailureClass.Warns)], _progress.WasReady, now) ?? OfStall(objects, causes, readiness, now);
        return new RolloutVerdict(readiness, causes, failure);
    }

    // What waits for another object than the one that we know would wait for ever.
    private bool Follow(V1Deployment deployment)
    {
        var isOther = _uid is not null && _uid != deployment.Metadata.Uid;
        if (isOther)
        {
            (_proof, _progress, _settling, _toggles) = (new FailureProof(mode), new RolloutProgress(), new RolloutSettling(), new ReadyToggles());
        }

        _uid = deployment.Metadata.Uid;
        return isOther;
    }

    private RolloutVerdict Absent(DateTimeOffset now)
    {
        var since = _absentSince ??= now;
        var readiness = new Readiness(ReadinessState.Absent, _uid is null ? "it has not appeared yet" : "it is gone");
        var isGone = now - since >= Appearing;
        var gone = new Diagnosis(
            "DELETED_DURING_ROLLOUT", FailureClass.Fatal, "somebody deletes it while it is being rolled out", "find out who does ('kubectl get events'), and deploy again")
        {
            Evidence = "no such object",
        };
        return new RolloutVerdict(readiness, isGone ? [gone] : [], isGone ? gone : null);
    }

    private static Diagnosis Unobserved(TimeSpan lasting) => new(
        "CONTROLLER_DOWN", FailureClass.Waits, $"no controller has looked at it for {(int)lasting.TotalSeconds / 10 * 10} s: kube-controller-manager may be down",
        "see whether it runs: 'kubectl get pods -n kube-system'")
    {
        Meanwhile = "no controller looks at it: kube-controller-manager may be down",
        Evidence = "status.observedGeneration < metadata.generation",
    };

    // What only needs its proof gets the time for it: the controller's deadline may be shorter than that.
    private Diagnosis? OfStall(RolloutObjects objects, IReadOnlyList<Diagnosis> causes, Readiness readiness, DateTimeOffset now)
    {
        var isStalled = readiness.State == ReadinessState.Stalled || _progress.HasStalled(objects, now);
        return !isStalled || mode == FailFast.Off
            ? null
            : causes switch
            {
                [] => new Diagnosis("DEADLINE_NO_CAUSE", FailureClass.Fatal, $"nothing that the cluster shows explains it ({PodTable.Of(objects, now)})", "see 'kubectl describe' of its pods")
                {
                    Evidence = readiness.State == ReadinessState.Stalled ? "status.conditions[Progressing].reason = ProgressDeadlineExceeded" : "no status of it changes any more",
                },
                _ => causes.FirstOrDefault(cause => cause.Class == FailureClass.Waits),
            };
    }
}
