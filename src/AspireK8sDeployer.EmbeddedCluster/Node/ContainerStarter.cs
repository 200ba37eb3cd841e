using AspireK8sDeployer.EmbeddedCluster.Node.Containers;
using AspireK8sDeployer.EmbeddedCluster.Node.Images;
using AspireK8sDeployer.EmbeddedCluster.Node.Volumes;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Node;

/// <summary>Starts one container of a pod: image, configuration, process. Leaves in its record what came of it.</summary>
internal sealed class ContainerStarter(NodeContext node, string podDirectory)
{
    private readonly ImageStep _images = new(node);

    /// <summary>True when the container runs now.</summary>
    public async Task<bool> StartAsync(V1Pod pod, ContainerRecord container, PodVolumes volumes, string podIp, CancellationToken cancellationToken)
    {
        container.RetryAt = null;
        try
        {
            if (IsBackingOff(pod, container))
            {
                return false;
            }

            container.Image = await _images.EnsureAsync(pod, container, cancellationToken).ConfigureAwait(false);
            var spec = Configure(pod, container, container.Image, volumes, podIp);
            await LaunchAsync(pod, container, spec).ConfigureAwait(false);
            return true;
        }
        catch (ContainerWaitException e)
        {
            container.State = new ContainerState.Waiting(e.Reason, e.WaitMessage);
            return false;
        }
        catch (ContainerConfigException e)
        {
            container.State = new ContainerState.Waiting("CreateContainerConfigError", e.Message);
            container.RetryAt = node.Time.GetUtcNow() + node.BackOff;
            node.Events.Warning(node.EventSource, pod, "Failed", $"Error: {e.Message}", container.FieldPath);
            return false;
        }
        catch (ContainerStartException e)
        {
            FailedToStart(pod, container, e.Message);
            return false;
        }
    }

    /// <summary>Notes that a container's program could not be run at all.</summary>
    public void FailedToStart(V1Pod pod, ContainerRecord container, string message)
    {
        var now = node.Time.GetUtcNow();
        container.LastState = new ContainerState.Terminated(128, "StartError", message, null, now, container.ContainerId);
        container.State = new ContainerState.Waiting("RunContainerError", message);
        container.RetryAt = now + node.BackOff / 10;
        node.Events.Warning(node.EventSource, pod, "Failed", $"Error: {message}", container.FieldPath);
    }

    /// <summary>After a first failure a container is started at once; from the second on it waits longer and longer.</summary>
    private bool IsBackingOff(V1Pod pod, ContainerRecord container)
    {
        var ended = container.State as ContainerState.Terminated ?? container.LastState;
        if (ended is null)
        {
            return false;
        }

        var now = node.Time.GetUtcNow();
        var remaining = container.CrashBackoff.Remaining(ended.FinishedAt, now);
        if (remaining <= TimeSpan.Zero)
        {
            container.CrashBackoff.Next(ended.FinishedAt, now);
            return false;
        }

        var who = $"{pod.Metadata.Name}_{pod.Metadata.NamespaceProperty}({pod.Metadata.Uid})";
        if (container.State is not ContainerState.Waiting { Reason: "CrashLoopBackOff" })
        {
            node.Events.Warning(node.EventSource, pod, "BackOff", $"Back-off restarting failed container {container.Name} in pod {who}", container.FieldPath);
        }

        container.LastState = ended;
        container.State = new ContainerState.Waiting(
            "CrashLoopBackOff", $"back-off {Backoff.Format(container.CrashBackoff.Delay)} restarting failed container={container.Name} pod={who}");
        container.RetryAt = now + remaining;
        return true;
    }

    private ContainerSpec Configure(V1Pod pod, ContainerRecord container, LocalImage image, PodVolumes volumes, string podIp)
    {
        var hostIp = node.Address.ToString();
        var (user, group) = ContainerUser.Of(pod, container.Spec, image);
        var own = node.Environment.Resolve(pod, container.Spec, podIp, hostIp);
        string Expand(string text) => VariableExpansion.Expand(text, own);

        var command = CommandOf(container.Spec, image, Expand);
        if (command.Length == 0)
        {
            throw new ContainerConfigException("no command specified");
        }

        var environment = ImageEnvironment(image);
        foreach (var (name, value) in own)
        {
            environment[name] = value;
        }

        environment["HOSTNAME"] = pod.Spec.Hostname is { Length: > 0 } hostname ? hostname : pod.Metadata.Name;
        ListenAddress.Apply(environment, podIp, container.Spec.Ports?.FirstOrDefault()?.ContainerPort);

        var attempt = container.Attempts;
        return new ContainerSpec
        {
            Id = $"{node.NodeId}{Guid.NewGuid():N}",
            Directory = Directory.CreateDirectory(Path.Combine(podDirectory, "containers", container.Name, $"{attempt}")).FullName,
            ImageRoot = image.RootDirectory,
            Mounts = volumes.MountsOf(container.Spec, Expand),
            Command = [.. command.Select(part => ListenAddress.Rewrite(part, podIp))],
            Environment = environment,
            WorkingDirectory = FirstNonEmpty(container.Spec.WorkingDir, image.Config.WorkingDir, "/"),
            User = user,
            Group = group,
            AllowPrivilegeEscalation = container.Spec.SecurityContext?.AllowPrivilegeEscalation ?? true,
            ReadOnlyRoot = container.Spec.SecurityContext?.ReadOnlyRootFilesystem ?? false,
        };
    }

    private static string[] CommandOf(V1Container container, LocalImage image, Func<string, string> expand)
    {
        // A command of its own replaces the image's, arguments included.
        var command = container.Command is { Count: > 0 } ? container.Command.Select(expand) : image.Config.Entrypoint ?? [];
        var arguments = container.Args is { Count: > 0 } ? container.Args.Select(expand)
            : container.Command is { Count: > 0 } ? [] : image.Config.Cmd ?? [];
        return [.. command, .. arguments];
    }

    private static Dictionary<string, string> ImageEnvironment(LocalImage image)
    {
        var environment = new Dictionary<string, string>();
        foreach (var entry in image.Config.Env ?? [])
        {
            var pair = entry.Split('=', 2);
            environment[pair[0]] = pair.Length == 2 ? pair[1] : "";
        }

        environment.TryAdd("HOME", "/");
        var path = environment.GetValueOrDefault("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        environment["PATH"] = path;
        HostRuntime.Offer(environment, image.RootDirectory);
        return environment;
    }

    private async Task LaunchAsync(V1Pod pod, ContainerRecord container, ContainerSpec spec)
    {
        var log = Path.Combine(podDirectory, "logs", container.Name, $"{container.Attempts}.log");
        if (container.State is ContainerState.Terminated ended)
        {
            container.LastState = ended;
        }

        // The first run is no restart. One that failed before it ran counts, as it does in a cluster.
        container.RestartCount = container.RestartOffset + container.Attempts;
        container.Attempts++;
        container.ContainerId = spec.Id;
        node.Events.Normal(node.EventSource, pod, "Created", "Container created", container.FieldPath);

        var process = await node.Runtime.StartAsync(spec, log).ConfigureAwait(false);
        Discard(container);
        container.Process = process;
        container.PreviousLog = container.Log;
        container.Log = log;
        container.State = new ContainerState.Running(process.StartedAt);
        container.Started = container.Spec.StartupProbe is null;
        container.Ready = container.Started && container.Spec.ReadinessProbe is null && (!container.IsInit || container.IsSidecar);
        node.Events.Normal(node.EventSource, pod, "Started", "Container started", container.FieldPath);
    }

    /// <summary>Of earlier runs only the last one's log is kept.</summary>
    private static void Discard(ContainerRecord container)
    {
        if (container.Process is { } earlier)
        {
            earlier.Dispose();
            PodDirectories.Remove(earlier.Spec.Directory);
        }

        if (container.PreviousLog is { } log)
        {
            ContainerLog.Delete(log);
        }
    }

    private static string FirstNonEmpty(params string?[] values) => values.First(value => !string.IsNullOrEmpty(value))!;
}
