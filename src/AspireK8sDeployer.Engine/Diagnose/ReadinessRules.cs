using AspireK8sDeployer.Engine.Wait;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Diagnose;

/// <summary>The process runs and does not say that it is ready.</summary>
internal static class ReadinessRules
{
    public static Diagnosis? Diagnose(RolloutObjects objects, V1Pod pod, DateTimeOffset now)
    {
        if (pod.Status?.Phase == "Failed" && pod.Status.Reason == "Evicted")
        {
            return new Diagnosis("EVICTED", FailureClass.Waits, $"it was evicted: {pod.Status.Message}", "another replica takes its place; give it more with .WithResources(…)");
        }

        if (Gate(pod) is { } gate)
        {
            return gate;
        }

        if (pod.Status?.InitContainerStatuses?.FirstOrDefault(status => status.State?.Running is not null && status.Started == true && !status.Ready) is { } init && pod.Status.Phase == "Pending")
        {
            return new Diagnosis("INIT_FAILED", FailureClass.Waits, $"init container {init.Name} has not finished", $"see 'kubectl logs {pod.Metadata.Name} -c {init.Name}'") { LogOf = init.Name };
        }

        return (pod.Status?.ContainerStatuses ?? []).FirstOrDefault(status => status.State?.Running is not null && !status.Ready) is { } running
            ? OfProbe(objects, pod, running, now)
            : null;
    }

    private static Diagnosis? Gate(V1Pod pod)
    {
        var ready = pod.Status?.Conditions?.FirstOrDefault(condition => condition.Type == "Ready");
        return ready?.Reason == "ReadinessGatesNotReady"
            ? new Diagnosis("READINESS_GATE", FailureClass.Waits, $"it waits for a readiness gate: {ready.Message}", "see what sets the gate's condition")
            : null;
    }

    private static Diagnosis? OfProbe(RolloutObjects objects, V1Pod pod, V1ContainerStatus status, DateTimeOffset now)
    {
        var failure = objects.EventsOf(pod.Metadata).FirstOrDefault(@event => @event.Reason == "Unhealthy");
        if (failure?.Message is not { } message)
        {
            return null;
        }

        var fix = message switch
        {
            _ when message.Contains("connection refused", StringComparison.Ordinal) => "let the program listen where ASPNETCORE_HTTP_PORTS says; see its log",
            _ when message.Contains("statuscode: 404", StringComparison.Ordinal) => "correct the path with .WithReadinessProbe(p => p.Path = \"…\")",
            _ when message.Contains("deadline exceeded", StringComparison.Ordinal) => "give it more time with .WithReadinessProbe(p => p.TimeoutSeconds = …)",
            _ => "see its log for what it waits for",
        };
        return new Diagnosis("READINESS_FAILING", FailureClass.Waits, $"container {status.Name} runs and is not ready: {message}", fix)
        {
            LogOf = status.Name,
            Times = failure.Count ?? 1,
            Meanwhile = message.StartsWith("Startup probe", StringComparison.Ordinal) ? StartupBudget.Progress(pod, status, now) : null,
        };
    }
}
