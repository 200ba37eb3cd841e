using k8s.Models;

namespace AspireK8sDeployer.Engine.Settings.Pods;

/// <summary>What the rules of one container need to know of its pod.</summary>
/// <param name="Pipeline">The name of the pipeline's own container.</param>
/// <param name="Port">The port that the pipeline listens on.</param>
/// <param name="Volumes">The volumes that there are.</param>
/// <param name="Security">The pod's own security context.</param>
/// <param name="HostNetwork">Whether it uses the node's network.</param>
internal sealed record PodScope(string Pipeline, int Port, IReadOnlyList<V1Volume> Volumes, V1PodSecurityContext? Security, bool HostNetwork)
{
    public static PodScope Of(DeploymentSettings settings) =>
        new(settings.Name, settings.Service.Port, settings.Pod.Volumes, settings.Pod.PodSecurityContext, settings.Pod.HostNetwork);
}
