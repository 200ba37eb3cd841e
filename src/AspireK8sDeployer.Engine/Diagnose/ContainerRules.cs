using AspireK8sDeployer.Engine.Wait;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Diagnose;

/// <summary>Looks at the containers of a pod in the order in which they start.</summary>
internal static class ContainerRules
{
    public static Diagnosis? Diagnose(RolloutObjects objects, V1Pod pod)
    {
        foreach (var status in pod.Status?.InitContainerStatuses ?? [])
        {
            if (Of(objects, pod, status) is not { } diagnosis)
            {
                continue;
            }

            // A sidecar is one of the pod's containers, only started earlier.
            if (LastingContainers.IsSidecar(pod, status.Name))
            {
                return diagnosis;
            }

            // A crash of an init container is a cause of its own; what else can be wrong with it is as with any other.
            return diagnosis.Code is "CRASH_LOOP" or "SIGNAL"
                ? diagnosis with { Code = "INIT_FAILED", Problem = "init " + diagnosis.Problem }
                : diagnosis with { Problem = "init " + diagnosis.Problem };
        }

        return (pod.Status?.ContainerStatuses ?? []).Select(status => Of(objects, pod, status)).OfType<Diagnosis>().FirstOrDefault();
    }

    private static Diagnosis? Of(RolloutObjects objects, V1Pod pod, V1ContainerStatus status) =>
        ImageRules.Diagnose(objects, pod, status)
        ?? ConfigurationRules.Diagnose(objects, pod, status)
        ?? CrashRules.Diagnose(objects, pod, status);
}
