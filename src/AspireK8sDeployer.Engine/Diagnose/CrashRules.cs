using AspireK8sDeployer.Engine.Wait;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Diagnose;

/// <summary>The process ends when it should run.</summary>
internal static class CrashRules
{
    private const int Abort = 134;
    private const int Segmentation = 139;

    public static Diagnosis? Diagnose(RolloutObjects objects, V1Pod pod, V1ContainerStatus status)
    {
        if (status.Ready && status.State?.Running is not null)
        {
            return null;
        }

        // An init container that has done its work ends with 0; a sidecar never has.
        var isInit = pod.Status?.InitContainerStatuses?.Contains(status) == true && !LastingContainers.IsSidecar(pod, status.Name);
        if (isInit && status.State?.Terminated?.ExitCode == 0)
        {
            return null;
        }

        // Told to end, it may take its whole grace for it: what will be said of it then is known now.
        if (status.State?.Running is { } running && KillRules.Diagnose(objects, pod, status, new V1ContainerStateTerminated { StartedAt = running.StartedAt }) is { } kill)
        {
            return kill with { Container = status.Name, LogOf = status.Name };
        }

        if ((status.State?.Terminated ?? status.LastState?.Terminated) is not { } end)
        {
            return status.State?.Waiting is { Message: { } words } && CommandRules.IsAbout(words) ? CommandRules.Of(status, words) : null;
        }

        var diagnosis = Of(objects, pod, status, end);
        return diagnosis with
        {
            // How often it ended: one that is up again as often as it was restarted, one that is down once more.
            Times = Math.Max(diagnosis.Times, status.RestartCount + (status.State?.Running is null ? 1 : 0)),
            Container = status.Name,
            ExitCode = end.ExitCode,
            Evidence = diagnosis.Evidence ?? $"{(status.State?.Terminated is null ? "lastState" : "state")}.terminated: {end.Reason}, exit code {end.ExitCode}, {status.RestartCount} restarts",
            LogOf = status.Name,
            LogOfPrevious = status.State?.Terminated is null,
        };
    }

    private static Diagnosis Of(RolloutObjects objects, V1Pod pod, V1ContainerStatus status, V1ContainerStateTerminated end)
    {
        var name = status.Name;
        var message = end.Message ?? "";
        if (end.Reason == "OOMKilled")
        {
            return new Diagnosis(
                "OOM_KILLED", FailureClass.FatalOnProof, $"container {name} was killed: it used all of its memory{Limit(pod, name)}",
                "give it more with .WithResources(memory: \"…\")");
        }

        if (end.Reason is "StartError" or "ContainerCannotRun" or "RunContainerError" || message.Contains("exec format error", StringComparison.Ordinal) || end.ExitCode is 126 or 127)
        {
            return CommandRules.Of(status, message.Length > 0 ? message : $"exit code {end.ExitCode}");
        }

        if (KillRules.Diagnose(objects, pod, status, end) is { } kill)
        {
            return kill;
        }

        if (end.ExitCode != 0 && LooksReady(pod, name) && end.FinishedAt - end.StartedAt >= TimeSpan.FromSeconds(5))
        {
            return new Diagnosis(
                "NO_PROBE", FailureClass.FatalOnProof, $"container {name} has no readiness probe, so it counted as ready, and then ended with exit code {end.ExitCode}{Times(status)}",
                "correct what its log says; and let it be probed with .WithReadinessProbe(p => p.Path = \"/health\")");
        }

        return end.ExitCode switch
        {
            0 => new Diagnosis(
                "CRASH_EXIT0", FailureClass.FatalOnProof, $"container {name} finishes (exit code 0) when it should go on running{Times(status)}",
                "a pipeline is served until it is told to stop: end the program with app.Run()"),
            // How .NET ends after an unhandled exception; as the first process of a container with SIGSEGV.
            Abort or Segmentation => new Diagnosis(
                "SIGNAL", FailureClass.FatalOnProof, $"container {name} crashes with {Signal(end.ExitCode)} (exit code {end.ExitCode}){Times(status)}",
                "correct what its log says, and deploy again"),
            > 128 => new Diagnosis(
                "SIGNAL", FailureClass.FatalOnProof, $"container {name} was ended by {Signal(end.ExitCode)}{Times(status)}", "see its log: 'kubectl logs --previous'"),
            _ => new Diagnosis(
                "CRASH_LOOP", FailureClass.FatalOnProof, $"container {name} ends with exit code {end.ExitCode}{Times(status)}",
                "correct what its log says, and deploy again"),
        };
    }

    private static bool LooksReady(V1Pod pod, string name) =>
        LastingContainers.Of(pod.Spec).FirstOrDefault(container => container.Name == name) is { ReadinessProbe: null };

    private static string Times(V1ContainerStatus status) => status.RestartCount switch
    {
        0 => "",
        1 => " (1 restart)",
        var count => $" ({count} restarts)",
    };

    private static string Limit(V1Pod pod, string name) =>
        pod.Spec.Containers.Concat(pod.Spec.InitContainers ?? []).FirstOrDefault(container => container.Name == name)?.Resources?.Limits is { } limits && limits.TryGetValue("memory", out var memory) ? $" ({memory})" : "";

    private static string Signal(int exitCode) => (exitCode - 128) switch
    {
        6 => "SIGABRT",
        9 => "SIGKILL",
        11 => "SIGSEGV",
        15 => "SIGTERM",
        var number => $"signal {number}",
    };
}
