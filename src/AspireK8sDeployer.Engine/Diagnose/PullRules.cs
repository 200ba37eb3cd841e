using AspireK8sDeployer.Engine.Wait;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Diagnose;

/// <summary>An image that takes long is no failure; but whoever waits wants to know.</summary>
internal static class PullRules
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    public static Diagnosis? Diagnose(RolloutObjects objects, V1Pod pod, DateTimeOffset now)
    {
        var isWaiting = (pod.Status?.InitContainerStatuses ?? []).Concat(pod.Status?.ContainerStatuses ?? [])
            .Any(status => status.State?.Waiting?.Reason is "ContainerCreating" or "PodInitializing");
        if (pod.Status?.Phase != "Pending" || !isWaiting || objects.EventsOf(pod.Metadata).FirstOrDefault(IsAboutPull) is not { Reason: "Pulling" } pull)
        {
            return null;
        }

        var begun = RolloutObjects.Time(pull);
        if (now - begun < Long)
        {
            return null;
        }

        var going = $"node {pod.Spec.NodeName} says: {pull.Message}";
        return new Diagnosis("IMAGE_SLOW", FailureClass.Waits, $"{going}, for {(now - begun).TotalMinutes:0.#} min", "give it more time with .WithDeployTimeout(…), or make the image smaller")
        {
            Meanwhile = $"{going}, for {(int)(now - begun).TotalMinutes} min",
            Evidence = $"event Pulling: {pull.Message}",
        };
    }

    private static bool IsAboutPull(Corev1Event @event) => @event.Reason is "Pulling" or "Pulled" or "Failed";
}
