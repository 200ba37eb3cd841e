using System.Collections.Concurrent;
using AspireK8sDeployer.EmbeddedCluster.Controllers;
using AspireK8sDeployer.EmbeddedCluster.Node.Containers;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.EmbeddedCluster.Node;

/// <summary>The node: runs the pods that are bound to it. The cluster's kubelet.</summary>
internal sealed partial class NodeAgent : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, PodWorker> _workers = new();
    private readonly NodeContext _node;
    private readonly PodLogs _logs;
    private readonly StrayGuard _guard;
    private readonly Lock _gate = new();
    private bool _stopping;

    public NodeAgent(NodeContext node, ObjectHub hub, PodLogs logs)
    {
        _node = node;
        _logs = logs;
        ContainerRuntime.KillStrays(node.NodeId);
        _guard = StrayGuard.Start(node.NodeId);
        RemoveForgottenPods();
        PruneImages();
        hub.Subscribe<V1Pod>(OnPod);
        hub.Subscribe<V1Secret>((secret, _) => Refresh(secret.Metadata.NamespaceProperty));
        hub.Subscribe<V1ConfigMap>((map, _) => Refresh(map.Metadata.NamespaceProperty));
    }

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(MemoryWatch.Period, _node.Time);
        var looked = _node.Time.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
            {
                foreach (var container in _workers.Values.SelectMany(worker => worker.Containers))
                {
                    LookAfterMemory(container);
                }

                if (_node.Time.GetElapsedTime(looked) >= _node.BackOff)
                {
                    looked = _node.Time.GetTimestamp();
                    foreach (var worker in _workers.Values)
                    {
                        LookAfterStorage(worker);
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The node stops.
        }
    }

    /// <summary>Ends every process; the pods' objects stay, and are run again by the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _stopping = true;
        }

        await Task.WhenAll(_workers.Values.Select(worker => worker.DisposeAsync().AsTask())).ConfigureAwait(false);
        ContainerRuntime.KillStrays(_node.NodeId);
        _guard.Dispose();
    }

    /// <summary>A container that cannot be looked at is no reason to look at none any more.</summary>
    private void LookAfterMemory(ContainerRecord container)
    {
        try
        {
            MemoryWatch.Look(container);
        }
        catch (Exception e)
        {
            LogMemory(_node.Logger, container.Name, e);
        }
    }

    private void LookAfterStorage(PodWorker worker)
    {
        try
        {
            worker.LookAfterStorage();
        }
        catch (Exception e)
        {
            LogStorage(_node.Logger, ObjectKey.Of(worker.Pod), e);
        }
    }

    private void OnPod(V1Pod pod, bool deleted)
    {
        if (pod.Spec.NodeName != _node.NodeName)
        {
            return;
        }

        lock (_gate)
        {
            if (deleted)
            {
                Remove(pod);
            }
            else if (_workers.TryGetValue(pod.Metadata.Uid, out var worker))
            {
                worker.Update(pod);
            }
            else if (!_stopping)
            {
                Add(pod);
            }
        }
    }

    private void Add(V1Pod pod)
    {
        if (PodState.IsTerminal(pod) && pod.Metadata.DeletionTimestamp is null)
        {
            return; // it has run already
        }

        var worker = new PodWorker(_node, pod);
        _workers[pod.Metadata.Uid] = worker;
        _logs.Add(worker);
        if (pod.Metadata.DeletionTimestamp is not null)
        {
            worker.Update(pod);
        }
    }

    private void Remove(V1Pod pod)
    {
        if (_workers.TryGetValue(pod.Metadata.Uid, out var worker))
        {
            _logs.Remove(worker);
            _ = EndAsync(worker);
        }
    }

    private async Task EndAsync(PodWorker worker)
    {
        await worker.EndAsync().ConfigureAwait(false);
        _workers.TryRemove(worker.Pod.Metadata.Uid, out _);
        await worker.DisposeAsync().ConfigureAwait(false);
        PodDirectories.Remove(PodWorker.DirectoryOf(_node, worker.Pod.Metadata.Uid));
    }

    private void Refresh(string space)
    {
        foreach (var worker in _workers.Values.Where(worker => worker.Pod.Metadata.NamespaceProperty == space))
        {
            worker.Refresh();
        }
    }

    private void PruneImages()
    {
        try
        {
            _ = _node.Images.PruneAsync(_node.Time.GetUtcNow());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogPrune(_node.Logger, e); // there is only less room
        }
    }

    private void RemoveForgottenPods()
    {
        var pods = Directory.CreateDirectory(Path.Combine(_node.StateDirectory, "pods"));
        foreach (var forgotten in pods.EnumerateDirectories())
        {
            PodDirectories.Remove(forgotten.FullName); // every container starts anew
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The memory of container {Container} cannot be told")]
    private static partial void LogMemory(ILogger logger, string container, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What pod {Pod} has written cannot be told")]
    private static partial void LogStorage(ILogger logger, ObjectKey pod, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Unused images cannot be removed")]
    private static partial void LogPrune(ILogger logger, Exception exception);
}
