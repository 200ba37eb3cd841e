using AspireK8sDeployer.Engine.Wait;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Diagnose;

/// <summary>The process runs and does not say that it is ready.</summary>
internal static class ReadinessRules
{
    // A probe that begins with the process finds nobody at first: that is how most starts look.
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Unheard = TimeSpan.FromSeconds(20);

    public static Diagnosis? Diagnose(RolloutObjects objects, V1Pod pod, DateTimeOffset now)
    {
        if (Gate(pod) is { } gate)
        {
            return gate;
        }

        if (pod.Status?.InitContainerStatuses?.FirstOrDefault(status => status.State?.Running is not null && status.Started == true && !status.Ready && !LastingContainers.IsSidecar(pod, status.Name)) is { } init && pod.Status.Phase == "Pending")
        {
            return new Diagnosis("INIT_FAILED", FailureClass.Waits, $"init container {init.Name} has not finished", $"see 'kubectl logs {pod.Metadata.Name} -c {init.Name}'")
            {
                Container = init.Name,
                Evidence = "initContainerStatuses: running",
                LogOf = init.Name,
            };
        }

        return LastingContainers.StatusesOf(pod).FirstOrDefault(status => status.State?.Running is not null && !status.Ready) is { } running
            ? OfProbe(objects, pod, running, now)
            : null;
    }

    private static Diagnosis? Gate(V1Pod pod)
    {
        var ready = pod.Status?.Conditions?.FirstOrDefault(condition => condition.Type == "Ready");
        return ready?.Reason == "ReadinessGatesNotReady"
            ? new Diagnosis("READINESS_GATE", FailureClass.Waits, $"it waits for a readiness gate: {ready.Message}", "see what sets the gate's condition") { Evidence = $"status.conditions[Ready].reason = ReadinessGatesNotReady: {ready.Message}" }
            : null;
    }

    private static Diagnosis? OfProbe(RolloutObjects objects, V1Pod pod, V1ContainerStatus status, DateTimeOffset now)
    {
        var failure = objects.EventsOf(pod.Metadata).FirstOrDefault(@event => @event.Reason == "Unhealthy" && KillRules.IsAbout(@event, status.Name));
        if (failure?.Message is not { } message)
        {
            return Silent(pod, status, now);
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
            Container = status.Name,
            Evidence = $"event Unhealthy: {message}",
            LogOf = status.Name,
            Times = RolloutObjects.Count(failure),
            Meanwhile = message.StartsWith("Startup probe", StringComparison.Ordinal) ? StartupBudget.Progress(pod, status, now)
                : IsUsual(message) && now - status.State.Running.StartedAt < Usual ? $"container {status.Name} runs, and is not ready yet"
                : null,
        };
    }

    private static bool IsUsual(string message) =>
        message.Contains("connection refused", StringComparison.Ordinal) || message.Contains("statuscode: 503", StringComparison.Ordinal);

    // Events may be forbidden, or forgotten: that it runs and is not ready is known all the same.
    private static Diagnosis? Silent(V1Pod pod, V1ContainerStatus status, DateTimeOffset now)
    {
        var probe = LastingContainers.Of(pod.Spec).FirstOrDefault(container => container.Name == status.Name)?.ReadinessProbe;
        return probe is not null && status.Started != false && now - status.State.Running.StartedAt >= Unheard
            ? new Diagnosis("READINESS_FAILING", FailureClass.Waits, $"container {status.Name} runs and is not ready: its probe {Words(probe)} has not succeeded", "see its log for what it waits for")
            {
                Container = status.Name,
                Evidence = $"containerStatuses[{status.Name}].ready = false",
                LogOf = status.Name,
            }
            : null;
    }

    private static string Words(V1Probe probe) => probe switch
    {
        { HttpGet: { } http } => $"GET :{http.Port?.Value}{http.Path}",
        { TcpSocket: { } tcp } => $"of port {tcp.Port?.Value}",
        { Grpc: { } grpc } => $"of gRPC port {grpc.Port}",
        _ => "command",
    };
}
