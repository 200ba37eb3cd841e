using System.Collections.Concurrent;
using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace AspireK8sDeployer.Benchmarks.Server.Pods;

/// <summary>Does to the pods of the node what a kubelet does to pods that start and stop in no time: ready with an address, gone when deleted.</summary>
internal sealed class PodRunner(IKubernetes client, string run) : IDisposable
{
    private const int AtOnce = 16;

    private readonly SemaphoreSlim _turn = new(AtOnce);
    private readonly ConcurrentDictionary<string, string> _addresses = new();
    private int _given;

    /// <summary>Takes care of the pods there are, and of those that come, until the watch ends.</summary>
    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        var pods = client.CoreV1.WatchListPodForAllNamespacesAsync(fieldSelector: $"spec.nodeName={StandIn.NameOf(run)}", cancellationToken: cancellationToken);
        await foreach (var (change, pod) in pods)
        {
            if (change is WatchEventType.Added or WatchEventType.Modified)
            {
                _ = TakeCareAsync(pod, cancellationToken);
            }
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task TakeCareAsync(V1Pod pod, CancellationToken cancellationToken)
    {
        var isLeaving = pod.Metadata.DeletionTimestamp is not null;
        if (!isLeaving && pod.Status?.Phase == "Running")
        {
            return;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            await (isLeaving ? RemoveAsync(pod, cancellationToken) : StartAsync(pod, cancellationToken));
        }
        catch (HttpOperationException gone) when (gone.Response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Conflict)
        {
            // It went, or another one came, in between.
        }
        finally
        {
            _turn.Release();
        }
    }

    private Task<V1Pod> RemoveAsync(V1Pod pod, CancellationToken cancellationToken)
    {
        _addresses.TryRemove(pod.Metadata.Uid, out _);
        var options = new V1DeleteOptions { GracePeriodSeconds = 0, Preconditions = new V1Preconditions { Uid = pod.Metadata.Uid } };
        return client.CoreV1.DeleteNamespacedPodAsync(pod.Metadata.Name, pod.Metadata.NamespaceProperty, options, cancellationToken: cancellationToken);
    }

    private Task<V1Pod> StartAsync(V1Pod pod, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var address = _addresses.GetOrAdd(pod.Metadata.Uid, _ => AddressOf(Interlocked.Increment(ref _given)));
        V1PodCondition Holds(string type) => new() { Type = type, Status = "True", LastTransitionTime = now };
        var status = new V1PodStatus
        {
            Phase = "Running",
            StartTime = now,
            PodIP = address,
            PodIPs = [new V1PodIP { Ip = address }],
            Conditions = [Holds("PodReadyToStartContainers"), Holds("Initialized"), Holds("Ready"), Holds("ContainersReady"), Holds("PodScheduled")],
            ContainerStatuses =
            [
                .. pod.Spec.Containers.Select(container => new V1ContainerStatus
                {
                    Name = container.Name,
                    Image = container.Image,
                    ImageID = container.Image,
                    ContainerID = $"none://{pod.Metadata.Uid}",
                    Ready = true,
                    Started = true,
                    RestartCount = 0,
                    State = new V1ContainerState { Running = new V1ContainerStateRunning { StartedAt = now } },
                }),
            ],
        };
        return client.CoreV1.PatchNamespacedPodStatusAsync(
            new V1Patch(new { status }, V1Patch.PatchType.StrategicMergePatch), pod.Metadata.Name, pod.Metadata.NamespaceProperty, cancellationToken: cancellationToken);
    }

    // Of a range that is meant for documentation and benchmarks, and leads nowhere.
    private static string AddressOf(int number) => $"198.18.{number / 250 % 250}.{1 + (number % 250)}";
}
