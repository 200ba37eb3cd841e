using AspireK8sDeployer.EmbeddedCluster.Node.Images;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Node;

/// <summary>Makes sure of a container's image by its pull policy, with the events and the waiting of the kubelet.</summary>
internal sealed class ImageStep(NodeContext node)
{
    /// <summary>The image; throws <see cref="ContainerWaitException"/> while it cannot be had.</summary>
    public async Task<LocalImage> EnsureAsync(V1Pod pod, ContainerRecord container, CancellationToken cancellationToken)
    {
        var name = container.Spec.Image;
        var reference = Parse(pod, container, name);
        var present = node.Images.Find(reference);
        foreach (var _ in node.Images.MissingSecrets(pod).Take(1))
        {
            node.Events.Warning(
                node.EventSource,
                pod,
                "FailedToRetrieveImagePullSecret",
                $"Unable to retrieve some image pull secrets ({string.Join(", ", node.Images.MissingSecrets(pod))}); attempting to pull the image may not succeed.");
        }

        var policy = container.Spec.ImagePullPolicy ?? (reference.Tag == "latest" ? "Always" : "IfNotPresent");
        if (present is not null && policy is not "Always" && node.Images.IsAccessible(present, reference, pod))
        {
            node.Events.Normal(
                node.EventSource, pod, "Pulled", $"Container image \"{name}\" already present on machine and can be accessed by the pod", container.FieldPath);
            return present;
        }

        if (policy == "Never")
        {
            var message = $"Container image \"{name}\" is not present with pull policy of Never";
            node.Events.Warning(node.EventSource, pod, "ErrImageNeverPull", message, container.FieldPath);
            throw Fail(pod, container, "ErrImageNeverPull", message, "ErrImageNeverPull");
        }

        RespectBackoff(pod, container, name);
        return await PullAsync(pod, container, name, reference, cancellationToken).ConfigureAwait(false);
    }

    private ImageReference Parse(V1Pod pod, ContainerRecord container, string name)
    {
        try
        {
            return ImageReference.Parse(name);
        }
        catch (FormatException e)
        {
            var message = $"Failed to apply default image tag \"{name}\": couldn't parse image name \"{name}\": {e.Message}";
            node.Events.Warning(node.EventSource, pod, "InspectFailed", message, container.FieldPath);
            throw Fail(pod, container, "InvalidImageName", message, "InvalidImageName");
        }
    }

    private void RespectBackoff(V1Pod pod, ContainerRecord container, string name)
    {
        if (container.PullFailure is not { } failure)
        {
            return;
        }

        var now = node.Time.GetUtcNow();
        var remaining = container.PullBackoff.Remaining(failure.At, now);
        if (remaining <= TimeSpan.Zero)
        {
            return;
        }

        var message = $"Back-off pulling image \"{name}\"";
        var known = container.State is ContainerState.Waiting { Reason: "ImagePullBackOff" };
        container.RetryAt = now + remaining;
        if (!known)
        {
            node.Events.Normal(node.EventSource, pod, "BackOff", message, container.FieldPath);
            node.Events.Warning(node.EventSource, pod, "Failed", "Error: ImagePullBackOff", container.FieldPath);
        }

        throw new ContainerWaitException("ImagePullBackOff", $"{message}: ErrImagePull: {failure.Problem}");
    }

    private async Task<LocalImage> PullAsync(V1Pod pod, ContainerRecord container, string name, ImageReference reference, CancellationToken cancellationToken)
    {
        node.Events.Normal(node.EventSource, pod, "Pulling", $"Pulling image \"{name}\"", container.FieldPath);
        var began = node.Time.GetTimestamp();
        try
        {
            var image = await node.Images.PullAsync(name, reference, pod, cancellationToken).ConfigureAwait(false);
            container.PullFailure = null;
            container.PullBackoff.Reset();
            var took = $"{Math.Max(1, (int)node.Time.GetElapsedTime(began).TotalMilliseconds)}ms";
            node.Events.Normal(
                node.EventSource,
                pod,
                "Pulled",
                $"Successfully pulled image \"{name}\" in {took} ({took} including waiting). Image size: {image.Size} bytes.",
                container.FieldPath);
            return image;
        }
        catch (ImagePullException e)
        {
            var now = node.Time.GetUtcNow();
            container.PullBackoff.Next(now, now);
            container.PullFailure = (now, e.Message);

            // Soon after, the state says that it waits; that is two states, which observers tell apart.
            container.RetryAt = now + node.BackOff / 10;
            node.Events.Warning(node.EventSource, pod, "Failed", $"Failed to pull image \"{name}\": {e.Message}", container.FieldPath);
            node.Events.Warning(node.EventSource, pod, "Failed", "Error: ErrImagePull", container.FieldPath);
            throw new ContainerWaitException("ErrImagePull", e.Message);
        }
    }

    private ContainerWaitException Fail(V1Pod pod, ContainerRecord container, string reason, string message, string error)
    {
        container.RetryAt = node.Time.GetUtcNow() + node.BackOff;
        node.Events.Warning(node.EventSource, pod, "Failed", $"Error: {error}", container.FieldPath);
        return new ContainerWaitException(reason, message);
    }
}
