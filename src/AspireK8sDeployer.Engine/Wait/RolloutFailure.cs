using System.Text;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Diagnose;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Wait;

/// <summary>Says why a rollout failed: object, cause, the last words of the container, and whether the old version still serves.</summary>
internal sealed class RolloutFailure(ClusterObjects cluster)
{
    /// <summary>A cause is proven.</summary>
    public const string Proven = "K8SD401";

    /// <summary>The time for the rollout is over.</summary>
    public const string TimeIsOver = "K8SD402";

    /// <summary>The pods are ready, but cannot be reached.</summary>
    public const string NotReachable = "K8SD404";

    private const int MostCauses = 3;

    private readonly PodLogs _logs = new(cluster);

    /// <summary>A cause that will not go away.</summary>
    public Task<DeploymentException> ProvenAsync(
        DeploymentSettings settings, RolloutObjects objects, RolloutVerdict verdict, Diagnosis cause, CancellationToken cancellationToken)
    {
        var text = Begin(settings).Append(" does not become ready: ").Append(verdict.Readiness.Reason);
        var causes = verdict.Causes.Where(item => item.Class != FailureClass.Warns && item.Signature != cause.Signature).Prepend(cause);
        return FailureAsync(Proven, settings, text, objects, causes, cause.Fix, cancellationToken);
    }

    /// <summary>Nothing is proven, but the time for it is over.</summary>
    public Task<DeploymentException> TimeOverAsync(
        DeploymentSettings settings, RolloutObjects objects, RolloutVerdict verdict, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var text = Begin(settings).Append(" did not become ready in ").Append(Words(settings.DeployTimeout)).Append(": ").Append(verdict.Readiness.Reason);
        var causes = verdict.Causes.Where(item => item.Class != FailureClass.Warns).ToList();
        if (causes.Count == 0)
        {
            text.Append("; ").Append(PodTable.Of(objects, now));
        }

        var otherwise = $"see 'kubectl describe deployment {settings.Name} -n {settings.Namespace}', or give it more time with .WithDeployTimeout(…)";
        return FailureAsync(TimeIsOver, settings, text, objects, causes, otherwise, cancellationToken);
    }

    /// <summary>The pods are ready, but what is beside them keeps them from being of use.</summary>
    public Task<DeploymentException> BesideAsync(DeploymentSettings settings, RolloutObjects objects, Diagnosis cause, CancellationToken cancellationToken) =>
        FailureAsync(NotReachable, settings, Begin(settings).Append(" is ready, but of no use"), objects, [cause], cause.Fix, cancellationToken);

    private static StringBuilder Begin(DeploymentSettings settings) => new($"Deployment/{settings.Namespace}/{settings.Name}");

    private async Task<DeploymentException> FailureAsync(
        string code, DeploymentSettings settings, StringBuilder text, RolloutObjects objects, IEnumerable<Diagnosis> causes, string otherwise, CancellationToken cancellationToken)
    {
        var secrets = SecretMask.Of(settings);
        string Hide(string said) => SecretMask.Hide(said, secrets);
        List<FailureCause> told = [];
        foreach (var cause in causes.Take(MostCauses))
        {
            var log = await LogAsync(settings, cause, cancellationToken).ConfigureAwait(false);
            var refined = LogRules.Refine(cause, log);
            text.Append("; ").Append(told.Count > 0 ? "also " : "").Append(refined.Subject).Append(refined.Problem);
            foreach (var line in log)
            {
                text.Append("\n  | ").Append(line);
            }

            told.Add(Told(settings, refined, log, Hide));
        }

        if (Serving(objects) is { } serving)
        {
            text.Append("\n  ").Append(serving);
        }

        var first = told.FirstOrDefault();
        return new DeploymentException(code, "wait", Hide(text.ToString()), first?.Fix ?? otherwise) { Reason = first?.Code, Causes = told };
    }

    private static FailureCause Told(DeploymentSettings settings, Diagnosis cause, IReadOnlyList<string> log, Func<string, string> hide) => new(
        cause.Code,
        cause.Class switch
        {
            FailureClass.Fatal => "fatal",
            FailureClass.FatalOnProof => "fatal-on-proof",
            FailureClass.Waits => "waits",
            _ => "warns",
        },
        cause.Pod is { } pod ? $"Pod/{pod}" : cause.Object ?? $"Deployment/{settings.Name}",
        hide(cause.Problem),
        cause.Fix)
    {
        Pods = cause.Pods,
        Container = cause.Container,
        Evidence = cause.Evidence is null ? null : hide(cause.Evidence),
        ExitCode = cause.ExitCode,
        Times = cause.Times,
        Log = log,
    };

    // Whoever reads of a failed update wants to know first whether anybody notices.
    private static string? Serving(RolloutObjects objects) => (objects.OldReady, objects.NewPods.Count(Diagnoser.IsReady)) switch
    {
        ( > 0 and var old, _) => $"the version before still serves, with {old} of {objects.Desired} replicas",
        _ when !objects.IsUpdate => null,
        (_, 0) => "no version serves now",
        (_, var updated) => $"{updated} of {objects.Desired} replicas of the new version serve, and none of the one before",
    };

    private async Task<IReadOnlyList<string>> LogAsync(DeploymentSettings settings, Diagnosis cause, CancellationToken cancellationToken)
    {
        if (cause is not { Pod: { } pod, LogOf: { } container })
        {
            return [];
        }

        // What crashed is often replaced, or gone, by the time it is asked for: the other instance knows as much.
        foreach (var previous in new[] { cause.LogOfPrevious, !cause.LogOfPrevious })
        {
            var log = await _logs.TailAsync(settings.Namespace, pod, container, previous, cancellationToken).ConfigureAwait(false);
            if (log is not null && LogExcerpt.Of(log, SecretMask.Of(settings)) is { Count: > 0 } lines)
            {
                return lines;
            }
        }

        return [];
    }

    private static string Words(TimeSpan time) => time.TotalMinutes >= 2 ? $"{time.TotalMinutes:0.#} min" : $"{time.TotalSeconds:0.#} s";
}
