using AspireK8sDeployer.Engine.Wait;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Diagnose;

/// <summary>The time that a container's startup probe gives it. Within it a probe that fails is how every start looks.</summary>
internal static class StartupBudget
{
    // In the last part of it nobody is helped by "it is starting" any more.
    private const double Patience = 0.75;

    /// <summary>What goes on, where nothing is wrong yet; null when the time is nearly over, or nobody knows.</summary>
    public static string? Progress(V1Pod pod, V1ContainerStatus status, DateTimeOffset now)
    {
        if (status.Started == true)
        {
            return $"container {status.Name} has started";
        }

        var probe = LastingContainers.Of(pod.Spec).FirstOrDefault(container => container.Name == status.Name)?.StartupProbe;
        return probe is not null && status.State?.Running?.StartedAt is { } begun && now - begun < Of(probe) * Patience
            ? $"container {status.Name} is starting"
            : null;
    }

    // With the API server's own defaults.
    private static TimeSpan Of(V1Probe probe) =>
        TimeSpan.FromSeconds((probe.InitialDelaySeconds ?? 0) + ((double)(probe.PeriodSeconds ?? 10) * (probe.FailureThreshold ?? 3)));
}
