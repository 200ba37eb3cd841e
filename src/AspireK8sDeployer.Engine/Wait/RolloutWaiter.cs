using System.Threading.Channels;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Diagnose;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Wait;

/// <summary>Waits until a rollout is ready, telling why it is not, and gives up when it never will be.</summary>
internal sealed class RolloutWaiter(ClusterObjects cluster, RolloutStreams streams, FailFast failFast)
{
    // Some verdicts come with time alone.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WarmUp = TimeSpan.FromMinutes(2);

    private readonly RolloutFailure _failure = new(cluster);
    private readonly NamespaceReader _namespaces = new(cluster);

    /// <summary>Waits for the pods, and then for what leads to them, scales and protects them.</summary>
    /// <param name="settings">Whose.</param>
    /// <param name="applied">What the API answered to the last change; null when there was none.</param>
    /// <param name="patience">How long.</param>
    /// <param name="report">Hears what is waited for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What works, but not as one would expect.</returns>
    public async Task<IReadOnlyList<string>> WaitAsync(
        DeploymentSettings settings, AppliedObject? applied, TimeSpan patience, Action<string> report, CancellationToken cancellationToken)
    {
        var beside = new SideReader(cluster, settings);
        using var followed = streams.Follow(settings.Identity, beside.Kinds);
        var wait = new Waiting(settings, patience, new RolloutCache(), followed.Changes, new ProgressLines(report, cluster.Time), cluster.Time.GetTimestamp());
        var rollout = await UntilReadyAsync(wait, applied, cancellationToken).ConfigureAwait(false);
        if (rollout.Readiness.State == ReadinessState.Paused)
        {
            return [SecretMask.Hide($"Deployment/{settings.Namespace}/{settings.Name} {rollout.Readiness.Reason["it ".Length..]} (PAUSED)", SecretMask.Of(settings))];
        }

        var warnings = await UntilReachedAsync(wait, beside, cancellationToken).ConfigureAwait(false);
        return [.. rollout.Causes.Concat(warnings).Where(IsWorthTelling).Select(cause =>
            SecretMask.Hide($"{cause.Subject}{cause.Problem} ({cause.Code}): {cause.Fix}", SecretMask.Of(settings)))];
    }

    // That old pods take their time to stop, and metrics theirs to come, is as it should be.
    private bool IsWorthTelling(Diagnosis cause) => cause.Code switch
    {
        "OLD_PODS_TERMINATING" => false,
        "HPA_NO_METRICS" => cluster.Time.GetUtcNow() - cause.Since >= WarmUp,
        _ => true,
    };

    private async Task<RolloutVerdict> UntilReadyAsync(Waiting wait, AppliedObject? applied, CancellationToken cancellationToken)
    {
        var judge = new RolloutJudge(failFast, applied);
        while (true)
        {
            await ReadAsync(wait, cancellationToken).ConfigureAwait(false);
            if (!wait.Cache.KnowsDeployments && !IsOver(wait))
            {
                continue;
            }

            var objects = wait.Cache.Objects;
            var verdict = judge.Judge(objects, cluster.Time.GetUtcNow());
            if (verdict.Readiness.State is ReadinessState.Absent or ReadinessState.Terminating)
            {
                // Most often its whole namespace goes.
                objects = objects with { Beside = await _namespaces.ReadAsync(wait.Settings.Namespace, cancellationToken).ConfigureAwait(false) };
                verdict = judge.Judge(objects, cluster.Time.GetUtcNow());
            }

            wait.Say(verdict.Summary);
            if (verdict.IsReady || verdict.Readiness.State == ReadinessState.Paused)
            {
                return verdict;
            }

            if (verdict.Failure is { } cause)
            {
                throw await _failure.ProvenAsync(wait.Settings, objects, verdict, cause, cancellationToken).ConfigureAwait(false);
            }

            if (IsOver(wait))
            {
                throw await _failure.TimeOverAsync(wait.Settings, objects, verdict, cluster.Time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<IReadOnlyList<Diagnosis>> UntilReachedAsync(Waiting wait, SideReader reader, CancellationToken cancellationToken)
    {
        var judge = new SideJudge(failFast);
        while (true)
        {
            var known = wait.Cache.Beside;
            var hasHeard = known.HasHeardOf(reader.Kinds);
            var objects = wait.Cache.Objects with
            {
                Beside = await reader.ReadAsync(known.Objects, known.Knows(ObjectKind.EndpointSlice), cancellationToken).ConfigureAwait(false),
            };
            var verdict = judge.Judge(objects, cluster.Time.GetUtcNow());
            if (verdict.Failure is { } failure)
            {
                throw await _failure.BesideAsync(wait.Settings, objects, failure, cancellationToken).ConfigureAwait(false);
            }

            if (verdict.IsReady && hasHeard)
            {
                return verdict.Warnings;
            }

            if (verdict.Awaited is { } awaited)
            {
                wait.Say($"the pods are ready; {awaited.Object}: {awaited.Readiness.Reason}");
            }

            if (IsOver(wait))
            {
                throw await _failure.BesideAsync(wait.Settings, objects, verdict.Awaited?.Cause ?? NotReady(verdict.Awaited), cancellationToken).ConfigureAwait(false);
            }

            await ReadAsync(wait, cancellationToken).ConfigureAwait(false);
        }
    }

    private static Diagnosis NotReady(SideState? awaited) =>
        new("NOT_READY", FailureClass.Waits, $"it is not ready: {awaited?.Readiness.Reason ?? "the cluster does not tell of it"}", "see 'kubectl describe', or give it more time with .WithDeployTimeout(…)")
        {
            Object = awaited?.Object,
        };

    private bool IsOver(Waiting wait) => cluster.Time.GetElapsedTime(wait.Begun) > wait.Patience;

    // Takes all that has come, or waits a little for more.
    private async Task ReadAsync(Waiting wait, CancellationToken cancellationToken)
    {
        using var pause = new TimeLimit(LookAgain, cluster.Time, cancellationToken);
        try
        {
            if (!await wait.Changes.WaitToReadAsync(pause.Token).ConfigureAwait(false))
            {
                await wait.Changes.Completion.ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return;
        }

        while (wait.Changes.TryRead(out var change))
        {
            wait.Cache.Take(Known(change));
        }
    }

    // Without pods and events the wait goes on, only with less to say; without the Deployment it cannot.
    private static StreamEvent Known(StreamEvent change) => change switch
    {
        { Change: StreamChange.Denied, Kind.Kind: "Deployment" } => throw new DeploymentException(
            "K8SD403", "wait", "The Deployment may not be watched by this user",
            "grant 'list' and 'watch' of deployments in the namespace"),
        _ => change,
    };

    private sealed record Waiting(
        DeploymentSettings Settings, TimeSpan Patience, RolloutCache Cache, ChannelReader<StreamEvent> Changes, ProgressLines Lines, long Begun)
    {
        private readonly IReadOnlyList<string> _secrets = SecretMask.Of(Settings);

        public void Say(string line) => Lines.Say(SecretMask.Hide(line, _secrets));
    }
}
