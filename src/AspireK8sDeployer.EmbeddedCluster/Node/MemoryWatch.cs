using AspireK8sDeployer.EmbeddedCluster.Controllers.Scheduling;
using AspireK8sDeployer.EmbeddedCluster.Node.Containers;

namespace AspireK8sDeployer.EmbeddedCluster.Node;

/// <summary>
/// Ends containers that hold more memory than their limit, as the kernel does in a cluster. It looks once a second, so
/// that a short excess goes unseen.
/// </summary>
internal static class MemoryWatch
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    public static void Look(ContainerRecord container)
    {
        if (container is { IsRunning: true, Process: { } process }
            && container.Spec.Resources?.Limits?.TryGetValue("memory", out var limit) == true
            && process.Members().Sum(ProcessIds.ResidentMemory) > Quantity.Value(limit))
        {
            process.KillForMemory();
        }
    }
}
