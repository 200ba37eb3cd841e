using AspireK8sDeployer.EmbeddedCluster.Node.Containers;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Node;

/// <summary>Ends a pod's containers: the hook, SIGTERM, the rest of the grace period, SIGKILL. Sidecars come last, in reverse order.</summary>
internal sealed class PodTermination(NodeContext node, V1Pod pod, IReadOnlyList<ContainerRecord> containers, string podIp)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <param name="graceSeconds">The grace period, which a second deletion may shorten on the way.</param>
    /// <param name="cancellationToken">Gives up; whoever cancels kills.</param>
    public async Task RunAsync(Func<long> graceSeconds, CancellationToken cancellationToken)
    {
        var began = node.Time.GetTimestamp();
        TimeSpan Left() => TimeSpan.FromSeconds(graceSeconds()) - node.Time.GetElapsedTime(began);

        foreach (var container in containers.Where(container => container.IsRunning))
        {
            ContainerProbes.StopRestarting(container);
            node.Events.Normal(node.EventSource, pod, "Killing", $"Stopping container {container.Name}", container.FieldPath);
        }

        await Task.WhenAll(containers.Where(container => container.IsRunning && !container.IsSidecar)
            .Select(container => EndAsync(container, Left, cancellationToken))).ConfigureAwait(false);
        foreach (var sidecar in containers.Where(container => container.IsRunning && container.IsSidecar).Reverse())
        {
            await EndAsync(sidecar, Left, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends one process in grace.</summary>
    public static Task EndAsync(ContainerProcess process, TimeSpan grace, TimeProvider time, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        return EndAsync(process, () => grace - time.GetElapsedTime(began), time, cancellationToken);
    }

    private async Task EndAsync(ContainerRecord container, Func<TimeSpan> left, CancellationToken cancellationToken)
    {
        var process = container.Process!;
        await new LifecycleHooks(node, pod, podIp).PreStopAsync(container, left(), cancellationToken).ConfigureAwait(false);
        await EndAsync(process, left, node.Time, cancellationToken).ConfigureAwait(false);
    }

    private static async Task EndAsync(ContainerProcess process, Func<TimeSpan> left, TimeProvider time, CancellationToken cancellationToken)
    {
        var told = false;
        while (!process.Exit.IsCompleted && left() > TimeSpan.Zero)
        {
            told = told || process.Terminate();
            var pause = left() < Look ? left() : Look;
            await Task.WhenAny(process.Exit, Task.Delay(pause > TimeSpan.Zero ? pause : TimeSpan.FromMilliseconds(1), time, cancellationToken)).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }

        process.Kill();
        await process.Exit.WaitAsync(cancellationToken).ConfigureAwait(false);
    }
}
