using AspireK8sDeployer.EmbeddedCluster.Node.Containers;
using AspireK8sDeployer.EmbeddedCluster.Node.Images;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Node;

/// <summary>One container of a pod over all its runs; only its pod's worker changes it.</summary>
internal sealed class ContainerRecord(V1Container spec, bool isInit, string fieldPath, TimeSpan backOff)
{
    public V1Container Spec { get; } = spec;

    public string Name => Spec.Name;

    /// <summary>Whether it runs before the others, sidecars included.</summary>
    public bool IsInit { get; } = isInit;

    /// <summary>Whether it is an init container that goes on running beside the others.</summary>
    public bool IsSidecar => IsInit && Spec.RestartPolicy == "Always";

    /// <summary>Where events say that they happened, such as <c>spec.containers{app}</c>.</summary>
    public string FieldPath { get; } = fieldPath;

    public ContainerState State { get; set; } = new ContainerState.Waiting("ContainerCreating");

    public ContainerState.Terminated? LastState { get; set; }

    /// <summary>How often it has been started, failed starts included; the next one's log has this number.</summary>
    public int Attempts { get; set; }

    public int RestartCount { get; set; }

    /// <summary>The restarts before this node was restarted itself.</summary>
    public int RestartOffset { get; init; }

    public string? ContainerId { get; set; }

    public LocalImage? Image { get; set; }

    public ContainerProcess? Process { get; set; }

    /// <summary>Whether it has passed its startup probe, if it has one.</summary>
    public bool Started { get; set; }

    public bool Ready { get; set; }

    public Backoff CrashBackoff { get; } = new(backOff);

    public Backoff PullBackoff { get; } = new(backOff);

    /// <summary>When the last pull failed and why; null when the last one succeeded or there was none.</summary>
    public (DateTimeOffset At, string Problem)? PullFailure { get; set; }

    /// <summary>Since when it is failing in a way that is tried again; null when it is not.</summary>
    public DateTimeOffset? RetryAt { get; set; }

    /// <summary>Whether a probe that fails may end it; not while the whole pod ends.</summary>
    public bool RestartsAllowed { get; set; } = true;

    public CancellationTokenSource? ProbesStop { get; set; }

    /// <summary>The file of a run's log.</summary>
    public string? Log { get; set; }

    public string? PreviousLog { get; set; }

    /// <summary>What <c>--previous</c> shows: while the container waits to be started again, its last run is the previous one.</summary>
    public string? PreviousLogOfEndedRun => State is ContainerState.Waiting && LastState is not null ? Log : PreviousLog;

    public bool IsRunning => State is ContainerState.Running;

    public bool HasSucceeded => State is ContainerState.Terminated { ExitCode: 0 };
}
