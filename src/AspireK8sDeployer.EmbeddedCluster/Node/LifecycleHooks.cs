using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Node;

/// <summary>Runs what a container asks for right after its start and before its end.</summary>
internal sealed class LifecycleHooks(NodeContext node, V1Pod pod, string podIp)
{
    private static readonly TimeSpan PostStartTimeout = TimeSpan.FromMinutes(2);

    private string Who => $"{pod.Metadata.Name}_{pod.Metadata.NamespaceProperty}({pod.Metadata.Uid})";

    /// <summary>A hook that fails ends the container, which is then started again.</summary>
    public async Task PostStartAsync(ContainerRecord container, CancellationToken cancellationToken)
    {
        if (container.Spec.Lifecycle?.PostStart is not { } hook)
        {
            return;
        }

        if (await RunAsync(hook, container, PostStartTimeout, cancellationToken).ConfigureAwait(false) is not { } problem)
        {
            return;
        }

        node.Events.Warning(node.EventSource, pod, "FailedPostStartHook", "PostStartHook failed", container.FieldPath);
        node.Events.Normal(node.EventSource, pod, "Killing", "FailedPostStartHook", container.FieldPath);
        var process = container.Process!;
        await PodTermination.EndAsync(process, TimeSpan.FromSeconds(pod.Spec.TerminationGracePeriodSeconds ?? 30), node.Time, cancellationToken).ConfigureAwait(false);
        var exit = await process.Exit.ConfigureAwait(false);
        ContainerProbes.Stop(container);
        container.Started = container.Ready = false;
        container.LastState = new ContainerState.Terminated(exit.ExitCode, "Error", null, process.StartedAt, exit.At, container.ContainerId);
        container.State = new ContainerState.Waiting("PostStartHookError", problem);
        container.RetryAt = node.Time.GetUtcNow() + TimeSpan.FromSeconds(1);
    }

    /// <summary>The hook has at most the grace period; what it answers changes nothing.</summary>
    public async Task PreStopAsync(ContainerRecord container, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (container.Spec.Lifecycle?.PreStop is not { } hook || timeout <= TimeSpan.Zero || container.Process!.Exit.IsCompleted)
        {
            return;
        }

        if (await RunAsync(hook, container, timeout, cancellationToken).ConfigureAwait(false) is not null)
        {
            node.Events.Warning(node.EventSource, pod, "FailedPreStopHook", "PreStopHook failed", container.FieldPath);
        }
    }

    /// <summary>Why the hook failed; null when it did not.</summary>
    private async Task<string?> RunAsync(V1LifecycleHandler hook, ContainerRecord container, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, node.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            if (hook.Exec is { } exec)
            {
                return await ExecuteAsync(container, [.. exec.Command ?? []], timeout, either.Token).ConfigureAwait(false);
            }

            if (hook.HttpGet is { } http)
            {
                return await node.Prober.CallAsync(http, container.Spec, podIp, either.Token).ConfigureAwait(false);
            }

            if (hook.Sleep is { } sleep)
            {
                await Task.WhenAny(container.Process!.Exit, Task.Delay(TimeSpan.FromSeconds(sleep.Seconds), node.Time, either.Token)).ConfigureAwait(false);
            }

            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"lifecycle hook for Container \"{container.Name}\" in Pod \"{Who}\" timed out";
        }
    }

    private async Task<string?> ExecuteAsync(ContainerRecord container, IReadOnlyList<string> command, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var (exitCode, output) = await node.Runtime.ExecuteAsync(container.Process!, command, timeout, cancellationToken).ConfigureAwait(false);
        var line = string.Join(' ', command);
        return exitCode == 0 ? null
            : $"Exec lifecycle hook ([{line}]) for Container \"{container.Name}\" in Pod \"{Who}\" failed - error: command '{line}' exited with {exitCode}: {output}, message: \"{output.Replace("\n", "\\n", StringComparison.Ordinal)}\"";
    }
}
