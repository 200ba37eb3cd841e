using System.Globalization;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Controllers.Endpoints;

/// <summary>Endpoints that are reached at the same ports.</summary>
internal sealed record EndpointGroup(IReadOnlyList<Discoveryv1EndpointPort> Ports, IReadOnlyList<V1Endpoint> Endpoints);

/// <summary>Finds the endpoints of a Service among pods. Pure.</summary>
internal static class ServiceEndpoints
{
    /// <summary>The endpoints by their ports; one empty group when there is none, so that there is always a slice.</summary>
    public static IReadOnlyList<EndpointGroup> Group(V1Service service, IEnumerable<V1Pod> pods)
    {
        var groups = pods
            .Where(pod => LabelMatch.Matches(service.Spec.Selector, pod.Metadata.Labels) && HasEndpoint(pod))
            .OrderBy(pod => pod.Metadata.CreationTimestamp).ThenBy(pod => pod.Metadata.Name, StringComparer.Ordinal)
            .GroupBy(pod => string.Join(',', Ports(service, pod).Select(port => $"{port.Name}/{port.Port}/{port.Protocol}")))
            .Select(group => new EndpointGroup(Ports(service, group.First()), [.. group.Select(pod => ToEndpoint(service, pod))]))
            .ToArray();
        return groups.Length > 0 ? groups : [new EndpointGroup([], [])];
    }

    private static bool HasEndpoint(V1Pod pod) => !PodState.IsTerminal(pod) && !string.IsNullOrEmpty(pod.Status?.PodIP);

    private static V1Endpoint ToEndpoint(V1Service service, V1Pod pod)
    {
        var serving = PodState.IsReady(pod);
        var terminating = pod.Metadata.DeletionTimestamp is not null;
        return new V1Endpoint
        {
            Addresses = [pod.Status.PodIP],
            Conditions = new V1EndpointConditions
            {
                Ready = service.Spec.PublishNotReadyAddresses == true || (serving && !terminating),
                Serving = serving,
                Terminating = terminating,
            },
            Hostname = pod.Spec.Hostname is { Length: > 0 } name && pod.Spec.Subdomain == service.Metadata.Name ? name : null,
            NodeName = pod.Spec.NodeName,
            TargetRef = new V1ObjectReference
            {
                Kind = "Pod",
                NamespaceProperty = pod.Metadata.NamespaceProperty,
                Name = pod.Metadata.Name,
                Uid = pod.Metadata.Uid,
            },
        };
    }

    /// <summary>The Service's ports as this pod has them; a named one that the pod does not have is left out.</summary>
    private static List<Discoveryv1EndpointPort> Ports(V1Service service, V1Pod pod)
    {
        var ports = new List<Discoveryv1EndpointPort>();
        foreach (var port in service.Spec.Ports ?? [])
        {
            var protocol = port.Protocol ?? "TCP";
            if (Target(port, protocol, pod) is { } number)
            {
                ports.Add(new Discoveryv1EndpointPort { Name = port.Name ?? "", Protocol = protocol, Port = number, AppProtocol = port.AppProtocol });
            }
        }

        return ports;
    }

    private static int? Target(V1ServicePort port, string protocol, V1Pod pod)
    {
        var target = port.TargetPort?.Value;
        if (string.IsNullOrEmpty(target))
        {
            return port.Port;
        }

        if (int.TryParse(target, CultureInfo.InvariantCulture, out var number))
        {
            return number == 0 ? port.Port : number;
        }

        return (pod.Spec.Containers ?? [])
            .Concat((pod.Spec.InitContainers ?? []).Where(container => container.RestartPolicy == "Always"))
            .SelectMany(container => container.Ports ?? [])
            .FirstOrDefault(candidate => candidate.Name == target && (candidate.Protocol ?? "TCP") == protocol)?.ContainerPort;
    }
}
