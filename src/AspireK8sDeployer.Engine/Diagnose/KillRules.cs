using AspireK8sDeployer.Engine.Wait;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Diagnose;

/// <summary>The kubelet ended the process, and says why: what the process then ended with tells nothing.</summary>
/// <remarks>A program that stops as it is told to ends with 0, one that does not with 137, and many with 1.</remarks>
internal static class KillRules
{
    private const int Terminate = 143;
    private const int Kill = 137;

    /// <summary>Why this run was ended from outside; null when it ended by itself.</summary>
    public static Diagnosis? Diagnose(RolloutObjects objects, V1Pod pod, V1ContainerStatus status, V1ContainerStateTerminated end)
    {
        var events = objects.EventsOf(pod.Metadata).Where(@event => IsAbout(@event, status.Name)).ToList();
        var kill = events.FirstOrDefault(@event => @event.Reason == "Killing" && ProbeOf(@event) is not null && IsOfRun(@event, end));
        var hook = events.FirstOrDefault(@event => @event.Reason == "FailedPostStartHook" && IsOfRun(@event, end));
        if (hook is not null)
        {
            return OfHook(status, hook);
        }

        // The event of the kill may be missing: they are kept for an hour, and only so many.
        var probe = kill is not null ? ProbeOf(kill) : end.ExitCode is Kill or Terminate ? FailingProbe(events) : null;
        return probe switch
        {
            "startup" => Of("STARTUP_PROBE", "is restarted because it does not begin in time", "Startup", "give it more time with .WithStartupProbe(p => p.FailureThreshold = …)"),
            "liveness" => Of("KILLED_BY_LIVENESS", "is restarted because its liveness probe fails", "Liveness", "correct the path or the times with .WithLivenessProbe(p => …)"),
            _ => null,
        };

        Diagnosis Of(string code, string problem, string beginning, string fix)
        {
            var words = events.FirstOrDefault(@event => @event.Reason == "Unhealthy" && @event.Message?.StartsWith(beginning, StringComparison.Ordinal) == true)?.Message ?? kill!.Message;
            return new Diagnosis(code, FailureClass.FatalOnProof, $"container {status.Name} {problem}: {words}", fix)
            {
                Evidence = kill is null ? $"event Unhealthy: {words}" : $"event Killing: {kill.Message}",
                Times = kill is null ? 1 : Math.Min(status.RestartCount + 1, RolloutObjects.Count(kill)),
            };
        }
    }

    /// <summary>The hook that is to run when the container has started fails.</summary>
    public static Diagnosis OfHook(V1ContainerStatus status, Corev1Event hook)
    {
        // The event says no more than that; how it failed is only known until the container waits for something else.
        var words = status.State?.Waiting is { Reason: "PostStartHookError", Message: { Length: > 0 } told } ? told.Trim() : hook.Message;
        return new Diagnosis("CREATE_ERROR", FailureClass.FatalOnProof, $"container {status.Name} is ended because its start hook fails: {words}", "correct the hook")
        {
            Evidence = $"event FailedPostStartHook: {hook.Message}",
            Times = RolloutObjects.Count(hook),
        };
    }

    /// <summary>The latest failure of the container's start hook.</summary>
    public static Corev1Event? HookFailure(RolloutObjects objects, V1Pod pod, string container) =>
        objects.EventsOf(pod.Metadata).FirstOrDefault(@event => @event.Reason == "FailedPostStartHook" && IsAbout(@event, container));

    /// <summary>Whether an event is about a container, by its path: <c>spec.containers{app}</c>.</summary>
    public static bool IsAbout(Corev1Event @event, string container) =>
        @event.InvolvedObject?.FieldPath is not { Length: > 0 } path || path.EndsWith($"{{{container}}}", StringComparison.Ordinal);

    // Events tell seconds, and no parts of them.
    private static bool IsOfRun(Corev1Event @event, V1ContainerStateTerminated end) =>
        end.StartedAt is not { } started || RolloutObjects.Time(@event) >= started.AddTicks(-(started.Ticks % TimeSpan.TicksPerSecond));

    private static string? ProbeOf(Corev1Event kill) => kill.Message switch
    {
        { } message when message.Contains("failed startup probe", StringComparison.Ordinal) => "startup",
        { } message when message.Contains("failed liveness probe", StringComparison.Ordinal) => "liveness",
        _ => null,
    };

    private static string? FailingProbe(IEnumerable<Corev1Event> events) => events.FirstOrDefault(@event =>
        @event.Reason == "Unhealthy" && @event.Message is { } message
        && (message.StartsWith("Liveness", StringComparison.Ordinal) || message.StartsWith("Startup", StringComparison.Ordinal)))?.Message switch
    {
        null => null,
        var message => message.StartsWith("Startup", StringComparison.Ordinal) ? "startup" : "liveness",
    };
}
