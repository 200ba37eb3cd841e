using AspireK8sDeployer.EmbeddedCluster.Controllers;
using AspireK8sDeployer.EmbeddedCluster.Controllers.Scheduling;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Node;

/// <summary>Writes a pod's status from what its containers do. Pure.</summary>
internal sealed class PodStatusBuilder(V1Pod pod, IReadOnlyList<ContainerRecord> containers)
{
    private static readonly string[] Own = ["PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady"];

    private IEnumerable<ContainerRecord> Init => containers.Where(container => container.IsInit);

    private IEnumerable<ContainerRecord> App => containers.Where(container => !container.IsInit);

    /// <summary>The containers that decide whether the pod is ready.</summary>
    private IEnumerable<ContainerRecord> Lasting => containers.Where(container => !container.IsInit || container.IsSidecar);

    public V1PodStatus Build(V1PodStatus? current, string hostIp, string? podIp, DateTime startTime, DateTime now, (string Reason, string Message)? failure = null)
    {
        var phase = failure is null ? Phase() : "Failed";
        return new V1PodStatus
        {
            ObservedGeneration = pod.Metadata.Generation,
            Phase = phase,
            Reason = failure?.Reason,
            Message = failure?.Message,
            Conditions = Conditions(current, phase, podIp is not null, now),
            HostIP = hostIp,
            HostIPs = [new V1HostIP { Ip = hostIp }],
            PodIP = podIp,
            PodIPs = podIp is null ? null : [new V1PodIP { Ip = podIp }],
            StartTime = startTime,
            InitContainerStatuses = Statuses(Init),
            ContainerStatuses = Statuses(App),
            QosClass = QosClass(pod.Spec),
            Resources = PodResources.OfPod(pod.Spec),
            AllocatedResources = PodResources.OfPod(pod.Spec)?.Requests,
            NominatedNodeName = current?.NominatedNodeName,
        };
    }

    public string Phase()
    {
        var restarts = pod.Spec.RestartPolicy ?? "Always";
        if (Init.Any(container => !container.IsSidecar && container.State is ContainerState.Terminated { ExitCode: not 0 }) && restarts == "Never")
        {
            return "Failed";
        }

        var initialized = Init.All(container => container.IsSidecar ? container.Started || !IsPending(container) : container.HasSucceeded);
        if (!initialized || App.Any(IsPending))
        {
            return "Pending";
        }

        if (App.All(container => container.State is ContainerState.Terminated) && (restarts != "Always" || pod.Metadata.DeletionTimestamp is not null))
        {
            return App.All(container => container.HasSucceeded) ? "Succeeded" : restarts == "OnFailure" && pod.Metadata.DeletionTimestamp is null ? "Running" : "Failed";
        }

        return "Running";
    }

    public static string QosClass(V1PodSpec spec)
    {
        string[] names = ["cpu", "memory"];
        var all = (spec.InitContainers ?? []).Concat(spec.Containers).ToArray();
        var any = all.Any(container => names.Any(name => Of(container.Resources?.Requests, name) > 0 || Of(container.Resources?.Limits, name) > 0));
        var guaranteed = all.All(container => names.All(name =>
            Of(container.Resources?.Limits, name) is > 0 and var limit && (Of(container.Resources?.Requests, name) ?? limit) == limit));
        return !any ? "BestEffort" : guaranteed ? "Guaranteed" : "Burstable";

        static decimal? Of(IDictionary<string, ResourceQuantity>? values, string name) =>
            values is not null && values.TryGetValue(name, out var quantity) ? Quantity.Value(quantity) : null;
    }

    /// <summary>A container that has never run keeps the whole pod pending.</summary>
    private static bool IsPending(ContainerRecord container) => container.State is ContainerState.Waiting && container.LastState is null;

    private List<V1PodCondition> Conditions(V1PodStatus? current, string phase, bool hasSandbox, DateTime now)
    {
        var finished = phase is "Succeeded" or "Failed";
        var completed = phase switch { "Succeeded" => "PodCompleted", "Failed" => "PodFailed", _ => null };
        var uninitialized = Init.Where(container => container.IsSidecar ? !container.Started : !container.HasSucceeded).Select(container => container.Name).ToArray();
        var unready = Lasting.Where(container => !container.Ready).Select(container => container.Name).ToArray();
        var unreadyText = $"containers with unready status: [{string.Join(' ', unready)}]";
        var gate = (pod.Spec.ReadinessGates ?? []).Select(gate => gate.ConditionType)
            .FirstOrDefault(type => current?.Conditions?.FirstOrDefault(condition => condition.Type == type)?.Status != "True");

        V1PodCondition[] own =
        [
            Condition("PodReadyToStartContainers", hasSandbox && !finished),
            phase == "Succeeded" ? Condition("Initialized", true, "PodCompleted")
                : uninitialized.Length == 0 ? Condition("Initialized", true)
                : Condition("Initialized", false, "ContainersNotInitialized", $"containers with incomplete status: [{string.Join(' ', uninitialized)}]"),
            completed is not null ? Condition("Ready", false, completed)
                : unready.Length > 0 ? Condition("Ready", false, "ContainersNotReady", unreadyText)
                : gate is not null ? Condition("Ready", false, "ReadinessGatesNotReady", GateText(current, gate))
                : Condition("Ready", true),
            completed is not null ? Condition("ContainersReady", false, completed)
                : unready.Length > 0 ? Condition("ContainersReady", false, "ContainersNotReady", unreadyText)
                : Condition("ContainersReady", true),
        ];

        foreach (var condition in own)
        {
            var before = current?.Conditions?.FirstOrDefault(other => other.Type == condition.Type);
            condition.ObservedGeneration = pod.Metadata.Generation;
            condition.LastTransitionTime = before?.Status == condition.Status ? before.LastTransitionTime : now;
        }

        // The others' stay: the scheduler's, of which the node only says that it has seen it, and those of readiness gates and disruptions.
        var others = (current?.Conditions ?? []).Where(condition => !Own.Contains(condition.Type)).ToArray();
        foreach (var scheduled in others.Where(condition => condition.Type == "PodScheduled"))
        {
            scheduled.ObservedGeneration = pod.Metadata.Generation;
        }

        return [.. own, .. others];
    }

    private static string GateText(V1PodStatus? current, string gate) => current?.Conditions?.Any(condition => condition.Type == gate) == true
        ? $"the status of pod readiness gate \"{gate}\" is not \"True\", but {current.Conditions.First(condition => condition.Type == gate).Status}"
        : $"corresponding condition of pod readiness gate \"{gate}\" does not exist.";

    private static V1PodCondition Condition(string type, bool holds, string? reason = null, string? message = null) =>
        new() { Type = type, Status = holds ? "True" : "False", Reason = reason, Message = message };

    private List<V1ContainerStatus>? Statuses(IEnumerable<ContainerRecord> records)
    {
        var statuses = records.Select(Status).ToList();
        return statuses.Count == 0 ? null : statuses;
    }

    private V1ContainerStatus Status(ContainerRecord container) => new()
    {
        Name = container.Name,
        State = ToModel(container.State),
        LastState = container.LastState is null ? new V1ContainerState() : ToModel(container.LastState),
        Ready = container.IsInit && !container.IsSidecar ? container.HasSucceeded : container.Ready,
        Started = container.IsRunning && container.Started,
        RestartCount = container.RestartCount,
        Image = container.Spec.Image,
        ImageID = container.Image?.RepositoryDigest ?? "",
        ContainerID = container.ContainerId is null ? null : ContainerUri(container.ContainerId),
        Resources = container.ContainerId is null ? null : PodResources.OfContainer(container.Spec),
        AllocatedResources = container.ContainerId is null ? null : PodResources.Requests(container.Spec),
        VolumeMounts = container.Spec.VolumeMounts is not { Count: > 0 } mounts ? null : [.. mounts.Select(mount => new V1VolumeMountStatus
        {
            Name = mount.Name,
            MountPath = mount.MountPath,
            ReadOnlyProperty = mount.ReadOnlyProperty == true ? true : null,
            RecursiveReadOnly = mount.ReadOnlyProperty == true ? "Disabled" : null,
        })],
        User = container.Process is null ? null : new V1ContainerUser
        {
            Linux = new V1LinuxContainerUser { Uid = container.Process.Spec.User, Gid = container.Process.Spec.Group, SupplementalGroups = [container.Process.Spec.Group] },
        },
    };

    private static V1ContainerState ToModel(ContainerState state) => state switch
    {
        ContainerState.Waiting waiting => new() { Waiting = new() { Reason = waiting.Reason, Message = waiting.Message } },
        ContainerState.Running running => new() { Running = new() { StartedAt = KubernetesTime.Truncate(running.Since) } },
        ContainerState.Terminated terminated => new()
        {
            Terminated = new()
            {
                ExitCode = terminated.ExitCode,
                Reason = terminated.Reason,
                Message = terminated.Message,
                StartedAt = terminated.StartedAt is { } at ? KubernetesTime.Truncate(at) : DateTime.UnixEpoch,
                FinishedAt = KubernetesTime.Truncate(terminated.FinishedAt),
                ContainerID = terminated.ContainerId is null ? null : ContainerUri(terminated.ContainerId),
            },
        },
        _ => new(),
    };

    private static string ContainerUri(string id) => $"process://{id}";
}
