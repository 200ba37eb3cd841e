using k8s;
using k8s.Models;

namespace AspireK8sDeployer.Benchmarks.Server.Pods;

/// <summary>A node without a machine. The cluster's own scheduler puts our pods on it, and nobody else's.</summary>
internal sealed class VirtualNode(IKubernetes client, string run)
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(10);

    public Task RegisterAsync(CancellationToken cancellationToken)
    {
        var node = new V1Node
        {
            ApiVersion = "v1",
            Kind = "Node",
            Metadata = new V1ObjectMeta
            {
                Name = StandIn.NameOf(run),
                Labels = new Dictionary<string, string> { [StandIn.Mark] = run, ["kubernetes.io/hostname"] = StandIn.NameOf(run), ["kubernetes.io/os"] = "linux" },
            },
            Spec = new V1NodeSpec { Taints = [new V1Taint { Key = StandIn.Mark, Value = run, Effect = "NoSchedule" }] },
            Status = Status(),
        };
        return client.CoreV1.CreateNodeAsync(node, cancellationToken: cancellationToken);
    }

    /// <summary>Says that the node lives, then and now.</summary>
    public async Task BeatAsync(CancellationToken cancellationToken)
    {
        await client.CoreV1.PatchNodeStatusAsync(
            new V1Patch(new { status = Status() }, V1Patch.PatchType.StrategicMergePatch), StandIn.NameOf(run), cancellationToken: cancellationToken);
        await Task.Delay(Beat, cancellationToken);
    }

    private static V1NodeStatus Status()
    {
        var room = new Dictionary<string, ResourceQuantity> { ["cpu"] = new("10000"), ["memory"] = new("100Ti"), ["pods"] = new("100000") };
        return new V1NodeStatus
        {
            Capacity = room,
            Allocatable = room,
            Conditions =
            [
                new V1NodeCondition
                {
                    Type = "Ready",
                    Status = "True",
                    Reason = "KubeletReady",
                    Message = "there is no kubelet, and no need of one",
                    LastHeartbeatTime = TimeProvider.System.GetUtcNow().UtcDateTime,
                },
            ],
        };
    }
}
