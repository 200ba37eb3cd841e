using AspireK8sDeployer.Engine.Wait;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Diagnose;

/// <summary>The container cannot be made as the pod says.</summary>
internal static class ConfigurationRules
{
    // The runtime is slow or still at the attempt before: neither is the pod's fault.
    private static readonly string[] Passing = ["context deadline exceeded", "is reserved for", "DeadlineExceeded", "connection error", "Unavailable"];

    public static Diagnosis? Diagnose(RolloutObjects objects, V1Pod pod, V1ContainerStatus status)
    {
        var waiting = status.State?.Waiting;
        var message = waiting?.Message ?? "";
        if (waiting?.Reason == "PostStartHookError" && KillRules.HookFailure(objects, pod, status.Name) is { } hook)
        {
            return KillRules.OfHook(status, hook) with { Container = status.Name, LogOf = status.Name };
        }

        var diagnosis = waiting?.Reason switch
        {
            "CreateContainerConfigError" => OfConfiguration(status, message),
            "CreateContainerError" or "PreCreateHookError" or "PreStartHookError" or "PostStartHookError" or "RunContainerError" when !CommandRules.IsAbout(message) => new Diagnosis(
                "CREATE_ERROR", Passing.Any(words => message.Contains(words, StringComparison.Ordinal)) ? FailureClass.Waits : FailureClass.FatalOnProof,
                $"container {status.Name} cannot be created: {message}", "correct what the message names and deploy again"),
            _ => null,
        };
        return diagnosis is null
            ? null
            : diagnosis with { Container = status.Name, Evidence = $"state.waiting.reason = {waiting!.Reason}: {message}", Times = Attempts(objects, pod, status, message) };
    }

    // Each attempt of the kubelet is an event, in the words of the status.
    private static int Attempts(RolloutObjects objects, V1Pod pod, V1ContainerStatus status, string message) => Math.Max(1, objects.EventsOf(pod.Metadata)
        .Where(@event => @event.Reason == "Failed" && KillRules.IsAbout(@event, status.Name) && @event.Message == $"Error: {message}")
        .Sum(RolloutObjects.Count));

    private static Diagnosis OfConfiguration(V1ContainerStatus status, string message)
    {
        if (message.Contains("breaks non-root policy", StringComparison.Ordinal))
        {
            return new Diagnosis(
                "CFG_RUN_AS_ROOT", FailureClass.Fatal, $"container {status.Name} must not run as root, and is told to ({message})", "give RunAsUser another number than 0, or take RunAsNonRoot away");
        }

        if (message.Contains("runAsNonRoot", StringComparison.Ordinal))
        {
            var problem = message.Contains("non-numeric", StringComparison.Ordinal)
                ? $"container {status.Name} must not run as root, and nobody can tell: its image's user has a name and no number ({message})"
                : $"container {status.Name} must not run as root, and its image does ({message})";
            return new Diagnosis("CFG_RUN_AS_ROOT", FailureClass.Fatal, problem, "give the image a numeric user other than 0 (ContainerUser in the project file)");
        }

        if (message.StartsWith("couldn't find key", StringComparison.Ordinal))
        {
            return new Diagnosis("CFG_MISSING_KEY", FailureClass.FatalOnProof, $"container {status.Name}: {message}", "add the key, or correct its name");
        }

        return message.EndsWith("not found", StringComparison.Ordinal)
            ? new Diagnosis("CFG_MISSING_SECRET", FailureClass.FatalOnProof, $"container {status.Name} needs what is not there: {message}", "create it in the namespace, or correct its name")
            : new Diagnosis("CREATE_ERROR", FailureClass.FatalOnProof, $"container {status.Name} cannot be configured: {message}", "correct what the message names and deploy again");
    }
}
