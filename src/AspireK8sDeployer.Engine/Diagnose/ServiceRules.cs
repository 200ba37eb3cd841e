using AspireK8sDeployer.Engine.Wait;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Diagnose;

/// <summary>Whether a Service leads to the pods.</summary>
internal static class ServiceRules
{
    public static SideState Of(V1Service service, RolloutObjects objects)
    {
        var item = $"Service/{service.Metadata.Name}";
        // One without a selector is another's to fill, and one with another name leads elsewhere.
        if (service.Spec.Type == "ExternalName" || service.Spec.Selector is not { Count: > 0 } selector || objects.Desired == 0)
        {
            return SideState.Ready(item);
        }

        var slices = objects.Beside.All<V1EndpointSlice>("EndpointSlice")
            .Where(slice => slice.Metadata.Labels?.TryGetValue("kubernetes.io/service-name", out var name) != true || name == service.Metadata.Name)
            .ToList();
        var endpoints = slices.SelectMany(slice => slice.Endpoints ?? []).ToList();
        var problem = endpoints.Count == 0 ? OfSelector(item, selector, objects)
            : !endpoints.Any(endpoint => endpoint.Conditions?.Ready != false) ? NotReady(item)
            : service.Spec.ClusterIP != "None" && slices.All(slice => slice.Ports is not { Count: > 0 }) ? OfPort(item, service, objects)
            : null;
        return problem is null ? SideState.Ready(item) : SideState.Of(problem);
    }

    private static Diagnosis OfSelector(string item, IDictionary<string, string> selector, RolloutObjects objects)
    {
        var labels = objects.Deployment?.Spec.Template.Metadata?.Labels ?? new Dictionary<string, string>();
        var wrong = selector.Where(pair => !labels.TryGetValue(pair.Key, out var value) || value != pair.Value).ToList();
        if (wrong.Count == 0)
        {
            return NotReady(item);
        }

        var asked = string.Join(", ", wrong.Select(pair => $"{pair.Key}={pair.Value}"));
        var given = string.Join(", ", wrong.Select(pair => labels.TryGetValue(pair.Key, out var value) ? $"{pair.Key}={value}" : $"no {pair.Key}"));
        return new Diagnosis("SVC_SELECTOR_MISMATCH", FailureClass.FatalOnProof, $"it selects {asked}, and the pods have {given}: it leads to none of them", "give selector and pods the same labels")
        {
            Object = item,
            Evidence = "EndpointSlice endpoints: none",
        };
    }

    private static Diagnosis OfPort(string item, V1Service service, RolloutObjects objects)
    {
        var asked = string.Join(", ", (service.Spec.Ports ?? []).Select(port => $"'{port.TargetPort?.Value ?? $"{port.Port}"}'"));
        var named = (objects.Deployment?.Spec.Template.Spec.Containers ?? [])
            .SelectMany(container => container.Ports ?? [])
            .Select(port => port.Name is null ? $"{port.ContainerPort}" : $"{port.ContainerPort} ({port.Name})")
            .ToList();
        var given = named.Count == 0 ? "declare none" : $"have {string.Join(", ", named)}";
        return new Diagnosis("SVC_TARGET_PORT", FailureClass.FatalOnProof, $"it leads to port {asked}, and the containers {given}", "name a port that a container has")
        {
            Object = item,
            Evidence = "EndpointSlice ports: none",
        };
    }

    private static Diagnosis NotReady(string item) => new("SVC_NOT_READY", FailureClass.Waits, "it leads to no pod that is ready yet", "see the pods: 'kubectl get endpointslices'")
    {
        Object = item,
        Evidence = "EndpointSlice endpoints[].conditions.ready = false",
    };
}
