using k8s.Models;

namespace AspireK8sDeployer.Engine.Wait;

/// <summary>The containers that are to run for as long as their pod: its own, and the init containers that are sidecars.</summary>
internal static class LastingContainers
{
    private const string Always = "Always";

    public static IEnumerable<V1Container> Of(V1PodSpec pod) => pod.Containers.Concat((pod.InitContainers ?? []).Where(IsSidecar));

    public static IEnumerable<V1ContainerStatus> StatusesOf(V1Pod pod) =>
        (pod.Status?.InitContainerStatuses ?? []).Where(status => IsSidecar(pod, status.Name)).Concat(pod.Status?.ContainerStatuses ?? []);

    public static bool IsSidecar(V1Pod pod, string container) => pod.Spec.InitContainers?.Any(item => item.Name == container && IsSidecar(item)) == true;

    /// <summary>Whether each has a readiness probe: without one, "ready" only says that it has not crashed yet.</summary>
    public static bool AreProbed(V1PodSpec pod) => Of(pod).All(container => container.ReadinessProbe is not null);

    private static bool IsSidecar(V1Container container) => container.RestartPolicy == Always;
}
