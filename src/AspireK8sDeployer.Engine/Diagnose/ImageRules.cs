using AspireK8sDeployer.Engine.Wait;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Diagnose;

/// <summary>The image cannot be had.</summary>
internal static class ImageRules
{
    private static readonly string[] NotFound = ["not found", "manifest unknown", "repository does not exist", "name unknown"];
    private static readonly string[] Refused = ["unauthorized", "authentication required", "denied", "no basic auth credentials", "403 Forbidden", "authorization failed"];
    private static readonly string[] Unreachable = ["i/o timeout", "no such host", "x509", "connection refused", "connection reset", "TLS handshake", "server gave HTTP response", ": EOF", "unexpected EOF", "no route to host", "network is unreachable", "Client.Timeout"];

    public static Diagnosis? Diagnose(RolloutObjects objects, V1Pod pod, V1ContainerStatus status) =>
        Of(objects, pod, status) is { } diagnosis
            ? diagnosis with { Container = status.Name, Evidence = $"state.waiting.reason = {status.State?.Waiting?.Reason}: {status.State?.Waiting?.Message}" }
            : null;

    private static Diagnosis? Of(RolloutObjects objects, V1Pod pod, V1ContainerStatus status) => status.State?.Waiting switch
    {
        { Reason: "InvalidImageName" } waiting => new Diagnosis(
            "IMAGE_INVALID_NAME", FailureClass.Fatal, $"container {status.Name}: '{status.Image}' is not an image reference ({waiting.Message})",
            "correct the image reference and deploy again"),
        { Reason: "ErrImageNeverPull" } => new Diagnosis(
            "IMAGE_NEVER", FailureClass.Fatal, $"container {status.Name}: image {status.Image} is not on the node and must not be pulled",
            "let it be pulled with .WithImagePull(i => i.Policy = ImagePullPolicy.IfNotPresent)"),
        { Reason: "ErrImagePull" or "ImagePullBackOff" or "RegistryUnavailable" } waiting => OfPull(objects, pod, status, waiting.Message ?? ""),
        { Reason: "ImageInspectError" } waiting => new Diagnosis(
            "IMAGE_INSPECT", FailureClass.Waits, $"container {status.Name}: the node cannot read image {status.Image}: {waiting.Message}", "look at the node: its container runtime is not well"),
        { Reason: "SignatureValidationFailed" } waiting => new Diagnosis(
            "IMAGE_INSPECT", FailureClass.FatalOnProof, $"container {status.Name}: the node does not trust image {status.Image}: {waiting.Message}", "sign the image as the cluster's policy asks, and deploy again"),
        _ => null,
    };

    private static Diagnosis OfPull(RolloutObjects objects, V1Pod pod, V1ContainerStatus status, string message)
    {
        var failures = objects.EventsOf(pod.Metadata)
            .Where(@event => @event.Reason == "Failed" && @event.Message?.StartsWith("Failed to pull image", StringComparison.Ordinal) == true)
            .ToList();
        // While the kubelet holds back it does not always repeat why.
        var words = message + " " + failures.FirstOrDefault()?.Message;
        var diagnosis = Of(objects, pod, status, words);
        return diagnosis with { Times = Math.Max(1, failures.Sum(RolloutObjects.Count)) };
    }

    private static Diagnosis Of(RolloutObjects objects, V1Pod pod, V1ContainerStatus status, string told)
    {
        var image = pod.Spec.Containers.Concat(pod.Spec.InitContainers ?? []).FirstOrDefault(container => container.Name == status.Name)?.Image ?? status.Image;
        // Without the reference: an image may have any of the words below in its name.
        var words = WithoutImage(told, image);
        return words switch
        {
            _ when Contains(words, ["toomanyrequests", "429 Too Many Requests", "pull rate limit"]) => new Diagnosis(
                "IMAGE_RATE_LIMIT", FailureClass.Waits, $"the registry limits how often {image} may be pulled", "wait, or pull with credentials or from a mirror"),
            _ when Contains(words, ["no match for platform", "no matching manifest"]) => new Diagnosis(
                "IMAGE_PLATFORM", FailureClass.FatalOnProof, $"image {image} is not built for the node's platform", "build the image for the platform of the nodes"),
            // Before "not found": a registry that refuses often says that it may also not be there.
            _ when Contains(words, Refused) => new Diagnosis(
                "IMAGE_UNAUTHORIZED", FailureClass.FatalOnProof, $"the registry refuses access to {image}{Secrets(objects, pod)}",
                "give the registry's credentials with .WithContainerRegistry(…) or name a pull Secret with .WithImagePull(i => i.Secrets = [\"…\"])"),
            _ when Contains(words, Unreachable) => new Diagnosis(
                "IMAGE_NETWORK", FailureClass.Waits, $"node {pod.Spec.NodeName} cannot reach the registry of {image} ({Cause(told)})",
                "check that the registry's address is right as seen from the nodes; 'localhost' there is the node itself"),
            _ when Contains(words, NotFound) => new Diagnosis(
                "IMAGE_NOT_FOUND", FailureClass.FatalOnProof, $"image {image} does not exist", "push the image, or correct the reference, and deploy again"),
            _ => new Diagnosis(
                "IMAGE_PULL", FailureClass.Waits, $"image {image} cannot be pulled: {Cause(told)}", "see 'kubectl describe pod' for the registry's own words"),
        };
    }

    private static string WithoutImage(string told, string image)
    {
        var repository = image.Split('@')[0];
        var tag = repository.LastIndexOf(':');
        var name = tag > repository.LastIndexOf('/') ? repository[..tag] : repository;
        return told.Replace(image, "…", StringComparison.Ordinal).Replace(name, "…", StringComparison.Ordinal);
    }

    private static string Secrets(RolloutObjects objects, V1Pod pod)
    {
        var names = (pod.Spec.ImagePullSecrets ?? []).Select(secret => secret.Name).ToList();
        var missing = objects.EventsOf(pod.Metadata).Any(@event => @event.Reason == "FailedToRetrieveImagePullSecret");
        return names.Count == 0
            ? " (the pod has no pull Secret)"
            : $" with pull Secret {string.Join(", ", names)}{(missing ? ", which is missing" : "")}";
    }

    // The last part of "failed to …: failed to …: the reason".
    private static string Cause(string words)
    {
        var text = words.Trim();
        var parts = text.Split(": ");
        return parts.Length > 1 ? string.Join(": ", parts[^2..]) : text;
    }

    private static bool Contains(string words, string[] parts) => parts.Any(part => words.Contains(part, StringComparison.OrdinalIgnoreCase));
}
