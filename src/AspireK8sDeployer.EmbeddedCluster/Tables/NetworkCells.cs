using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;

namespace AspireK8sDeployer.EmbeddedCluster.Tables;

/// <summary>The lines of what leads to pods.</summary>
internal static class NetworkCells
{
    private const int MostShown = 3;
    private const int WidestAddress = 18;

    public static JsonNode?[] Service(JsonObject obj, DateTimeOffset now) =>
    [
        obj.MetadataOf().Text("name"),
        obj.Text("spec", "type"),
        obj.Strings("spec", "clusterIPs").FirstOrDefault(obj.Text("spec", "type") == "ExternalName" ? Cell.None : obj.Text("spec", "clusterIP")),
        ExternalAddress(obj),
        ServicePorts(obj),
        Cell.Age(obj, now),
        Cell.Labels(obj.At("spec", "selector")),
    ];

    public static JsonNode?[] Endpoints(JsonObject obj, DateTimeOffset now)
    {
        var pairs = obj.Objects("subsets").SelectMany(subset => subset.At("ports") is null
            ? subset.Objects("addresses").Select(a => a.Text("ip"))
            : subset.Objects("ports").SelectMany(port => subset.Objects("addresses").Select(a => $"{a.Text("ip")}:{port.Text("port")}"))).ToList();
        return [obj.MetadataOf().Text("name"), pairs.Count == 0 ? Cell.None : Some(pairs), Cell.Age(obj, now)];
    }

    public static JsonNode?[] EndpointSlice(JsonObject obj, DateTimeOffset now)
    {
        var ports = obj.Objects("ports").Select(port => port.At("port") is null ? "*" : port.Text("port")).ToList();
        var addresses = obj.Objects("endpoints").SelectMany(endpoint => endpoint.Strings("addresses")).ToList();
        return
        [
            obj.MetadataOf().Text("name"),
            obj.Text("addressType"),
            ports.Count == 0 ? Cell.Unset : Some(ports),
            addresses.Count == 0 ? Cell.Unset : Some(addresses),
            Cell.Age(obj, now),
        ];
    }

    public static JsonNode?[] Ingress(JsonObject obj, DateTimeOffset now)
    {
        var hosts = obj.Objects("spec", "rules").Select(rule => rule.Text("host")).Where(host => host.Length > 0).ToList();
        var annotation = (obj.MetadataOf()["annotations"] as JsonObject)?["kubernetes.io/ingress.class"]?.ToString();
        return
        [
            obj.MetadataOf().Text("name"),
            Cell.OrNone(obj.Text("spec", "ingressClassName") is { Length: > 0 } name ? name : annotation ?? ""),
            hosts.Count == 0 ? "*" : Some(hosts),
            string.Join(',', BalancerAddresses(obj)),
            obj.Objects("spec", "tls").Any() ? "80, 443" : "80",
            Cell.Age(obj, now),
        ];
    }

    public static JsonNode?[] IngressClass(JsonObject obj, DateTimeOffset now)
    {
        var parameters = Cell.None;
        if (obj.At("spec", "parameters") is { } reference)
        {
            var group = reference.Text("apiGroup");
            parameters = $"{reference.Text("kind")}{(group.Length > 0 ? "." : "")}{group}/{reference.Text("name")}";
        }

        return [obj.MetadataOf().Text("name"), obj.Text("spec", "controller"), parameters, Cell.Age(obj, now)];
    }

    public static JsonNode?[] NetworkPolicy(JsonObject obj, DateTimeOffset now) =>
        [obj.MetadataOf().Text("name"), Cell.Selector(obj.At("spec", "podSelector")), Cell.Age(obj, now)];

    private static string Some(List<string> values) => values.Count <= MostShown
        ? string.Join(',', values)
        : $"{string.Join(',', values.Take(MostShown))} + {values.Count - MostShown} more...";

    private static List<string> BalancerAddresses(JsonObject obj) =>
    [
        .. obj.Objects("status", "loadBalancer", "ingress")
            .Select(i => i.Text("ip") is { Length: > 0 } ip ? ip : i.Text("hostname")).Where(a => a.Length > 0),
    ];

    private static string ExternalAddress(JsonObject service)
    {
        var external = service.Strings("spec", "externalIPs");
        switch (service.Text("spec", "type"))
        {
            case "ExternalName":
                return service.Text("spec", "externalName");
            case "LoadBalancer":
                var addresses = BalancerAddresses(service).Order(StringComparer.Ordinal).ToList();
                if (external.Count > 0)
                {
                    return string.Join(',', addresses.Concat(external));
                }

                var text = string.Join(',', addresses);
                return addresses.Count == 0 ? "<pending>"
                    : text.Length > WidestAddress && addresses.Count > 1 ? text[..(WidestAddress - 3)] + "..." : text;
            default:
                return external.Count > 0 ? string.Join(',', external) : Cell.None;
        }
    }

    private static string ServicePorts(JsonObject service) => Cell.OrNone(string.Join(',', service.Objects("spec", "ports").Select(port =>
        port.Number("nodePort") > 0
            ? $"{port.Text("port")}:{port.Text("nodePort")}/{port.Text("protocol")}"
            : $"{port.Text("port")}/{port.Text("protocol")}")));
}
