using System.Text;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Diagnose;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Wait;

/// <summary>Says why a rollout failed: object, cause, the last words of the container, and whether the old version still serves.</summary>
internal sealed class RolloutFailure(ClusterObjects cluster)
{
    private const int MostCauses = 3;

    private readonly PodLogs _logs = new(cluster);

    public async Task<DeploymentException> ProvenAsync(
        DeploymentSettings settings, RolloutObjects objects, RolloutVerdict verdict, Diagnosis cause, CancellationToken cancellationToken)
    {
        var text = Begin(settings).Append(" does not become ready: ").Append(verdict.Readiness.Reason);
        var refined = await AppendAsync(text, settings, cause, cancellationToken).ConfigureAwait(false);
        return Failure("K8SD401", settings, text, objects, refined.Fix, refined.Code);
    }

    public async Task<DeploymentException> TimeOverAsync(
        DeploymentSettings settings, RolloutObjects objects, RolloutVerdict verdict, CancellationToken cancellationToken)
    {
        var text = Begin(settings).Append(" did not become ready in ").Append(Words(settings.DeployTimeout)).Append(": ").Append(verdict.Readiness.Reason);
        List<Diagnosis> causes = [];
        foreach (var cause in verdict.Causes.Take(MostCauses))
        {
            causes.Add(await AppendAsync(text, settings, cause, cancellationToken).ConfigureAwait(false));
        }

        var fix = causes is [var first, ..]
            ? first.Fix
            : $"see 'kubectl describe deployment {settings.Name} -n {settings.Namespace}', or give it more time with .WithDeployTimeout(…)";
        return Failure("K8SD402", settings, text, objects, fix, causes is [var named, ..] ? named.Code : null);
    }

    private static StringBuilder Begin(DeploymentSettings settings) => new($"Deployment/{settings.Namespace}/{settings.Name}");

    private static DeploymentException Failure(string code, DeploymentSettings settings, StringBuilder text, RolloutObjects objects, string fix, string? reason)
    {
        if (objects.OldReady is > 0 and var serving)
        {
            text.Append($"\n  the version before still serves, with {serving} {(serving == 1 ? "replica" : "replicas")}");
        }

        return new DeploymentException(code, "wait", SecretMask.Hide(text.ToString(), SecretMask.Of(settings)), fix) { Reason = reason };
    }

    private async Task<Diagnosis> AppendAsync(StringBuilder text, DeploymentSettings settings, Diagnosis cause, CancellationToken cancellationToken)
    {
        text.Append("; ");
        if (cause.Pod is not null)
        {
            text.Append("pod ").Append(cause.Pod).Append(": ");
        }

        text.Append(cause.Problem);
        var lines = await LogAsync(settings, cause, cancellationToken).ConfigureAwait(false);
        foreach (var line in lines)
        {
            text.Append("\n  | ").Append(line);
        }

        return LogRules.Refine(cause, lines);
    }

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
