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
    private static readonly TimeSpan SayAgain = TimeSpan.FromSeconds(10);

    private readonly RolloutFailure _failure = new(cluster);

    public async Task WaitAsync(DeploymentSettings settings, TimeSpan patience, Action<string> report, CancellationToken cancellationToken)
    {
        using var followed = streams.Follow(settings.Identity);
        await JudgeUntilReadyAsync(settings, patience, followed.Changes, report, cancellationToken).ConfigureAwait(false);
    }

    private async Task JudgeUntilReadyAsync(
        DeploymentSettings settings, TimeSpan patience, ChannelReader<StreamEvent> reader, Action<string> report, CancellationToken cancellationToken)
    {
        var cache = new RolloutCache();
        var judge = new RolloutJudge(failFast);
        var secrets = SecretMask.Of(settings);
        var begun = cluster.Time.GetTimestamp();
        var lines = new ProgressLines(report, cluster.Time, SayAgain);
        while (true)
        {
            await ReadAsync(reader, cache, cancellationToken).ConfigureAwait(false);
            if (!cache.KnowsDeployments && cluster.Time.GetElapsedTime(begun) <= patience)
            {
                continue;
            }

            var objects = cache.Objects;
            var verdict = judge.Judge(objects, cluster.Time.GetUtcNow());
            lines.Say(SecretMask.Hide(verdict.Summary, secrets));
            if (verdict.IsReady)
            {
                return;
            }

            if (verdict.Failure is { } cause)
            {
                throw await _failure.ProvenAsync(settings, objects, verdict, cause, cancellationToken).ConfigureAwait(false);
            }

            if (cluster.Time.GetElapsedTime(begun) > patience)
            {
                throw await _failure.TimeOverAsync(settings, objects, verdict, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // Takes all that has come, or waits a little for more.
    private async Task ReadAsync(ChannelReader<StreamEvent> reader, RolloutCache cache, CancellationToken cancellationToken)
    {
        using var pause = new TimeLimit(LookAgain, cluster.Time, cancellationToken);
        try
        {
            if (!await reader.WaitToReadAsync(pause.Token).ConfigureAwait(false))
            {
                await reader.Completion.ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return;
        }

        while (reader.TryRead(out var change))
        {
            cache.Take(Known(change));
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
}
