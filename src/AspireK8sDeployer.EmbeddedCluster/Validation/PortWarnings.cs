using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>Ports that several places of a pod declare.</summary>
internal static class PortWarnings
{
    public static IEnumerable<string> Of(IReadOnlyCollection<(JsonObject Container, string Field)> containers)
    {
        var ports = containers
            .SelectMany(pair => pair.Container.Objects("ports").Select((port, i) => new Port(port, $"{pair.Field}.ports[{i}]")))
            .ToList();
        return Overlaps(ports).Concat(Names(ports));
    }

    private static IEnumerable<string> Overlaps(List<Port> ports)
    {
        for (var i = 0; i < ports.Count; i++)
        {
            foreach (var other in ports.Take(i).Where(other => other.Place == ports[i].Place))
            {
                if (Relation(ports[i], other) is { } relation)
                {
                    yield return $"{ports[i].Field}: {relation} port definition with {other.Field}";
                }
            }
        }
    }

    private static string? Relation(Port port, Port other)
    {
        if (port.HostIP == other.HostIP && port.HostPort == other.HostPort)
        {
            return "duplicate";
        }

        if (port.HostPort == 0 || other.HostPort == 0)
        {
            return "overlapping";
        }

        return port.HostPort == other.HostPort && (port.HostIP.Length == 0) != (other.HostIP.Length == 0) ? "dangerously ambiguous" : null;
    }

    private static IEnumerable<string> Names(List<Port> ports)
    {
        var first = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var port in ports.Where(port => port.Name.Length > 0))
        {
            if (!first.TryAdd(port.Name, port.Field))
            {
                var other = first[port.Name];
                yield return $"{port.Field}: duplicate port name {ServerText.Quote(port.Name)} with {other}, "
                    + $"services and probes that select ports by name will use {other}";
            }
        }
    }

    private sealed record Port(string Field, string Name, (long, string) Place, long HostPort, string HostIP)
    {
        public Port(JsonObject port, string field)
            : this(
                field,
                port.TextOf("name"),
                (port.NumberOf("containerPort") ?? 0, port.TextOf("protocol")),
                port.NumberOf("hostPort") ?? 0,
                port.TextOf("hostIP"))
        {
        }
    }
}
