using System.Net.Sockets;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>EndpointSlices.</summary>
internal static class EndpointSliceRules
{
    private const int MostEndpoints = 1000;
    private const int MostAddresses = 100;
    private const int MostPorts = 20000;
    private const int MostHints = 8;

    public static void Create(Findings findings, JsonObject obj)
    {
        MetadataRules.Check(findings, obj, namespaced: true, NameRules.Subdomain);
        var type = obj.TextOf("addressType");
        if (type.Length == 0)
        {
            findings.Required("addressType");
        }
        else if (type is not ("FQDN" or "IPv4" or "IPv6"))
        {
            findings.NotSupported("addressType", type, "FQDN", "IPv4", "IPv6");
        }

        Ports(findings, obj);
        Endpoints(findings, obj, type);
    }

    public static void Update(Findings findings, JsonObject obj, JsonObject old)
    {
        Create(findings, obj);
        MetadataRules.Unchanged(findings, "addressType", obj["addressType"], old["addressType"]);
    }

    private static void Ports(Findings findings, JsonObject obj)
    {
        var ports = obj.Objects("ports").ToList();
        if (ports.Count > MostPorts)
        {
            findings.TooMany("ports", ports.Count, MostPorts);
            return;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < ports.Count; i++)
        {
            var path = $"ports[{i}]";
            var name = ports[i].TextOf("name");
            if (name.Length > 0)
            {
                findings.Invalid($"{path}.name", name, NameRules.Label(name));
            }

            if (!names.Add(name))
            {
                findings.Duplicate($"{path}.name", name);
            }

            if (ports[i]["protocol"].AsText() is not { } protocol)
            {
                findings.Required($"{path}.protocol");
            }
            else if (protocol is not ("SCTP" or "TCP" or "UDP"))
            {
                findings.NotSupported($"{path}.protocol", protocol, "SCTP", "TCP", "UDP");
            }

            if (ports[i]["appProtocol"].AsText() is { } application)
            {
                findings.Invalid($"{path}.appProtocol", application, NameRules.Qualified(application));
            }
        }
    }

    private static void Endpoints(Findings findings, JsonObject obj, string type)
    {
        var endpoints = obj.Objects("endpoints").ToList();
        if (endpoints.Count > MostEndpoints)
        {
            findings.TooMany("endpoints", endpoints.Count, MostEndpoints);
            return;
        }

        for (var i = 0; i < endpoints.Count; i++)
        {
            var path = $"endpoints[{i}]";
            Addresses(findings, endpoints[i], type, $"{path}.addresses");
            if (endpoints[i]["nodeName"].AsText() is { } node)
            {
                findings.Invalid($"{path}.nodeName", node, NameRules.Subdomain(node));
            }

            MetadataRules.Labels(findings, endpoints[i].Object("deprecatedTopology"), $"{path}.deprecatedTopology");
            if (endpoints[i]["hostname"].AsText() is { } host)
            {
                findings.Invalid($"{path}.hostname", host, NameRules.Label(host));
            }

            Hints(findings, endpoints[i].Object("hints"), $"{path}.hints.forZones");
        }
    }

    private static void Addresses(Findings findings, JsonObject endpoint, string type, string field)
    {
        var addresses = endpoint.TextsOf("addresses").ToList();
        if (addresses.Count == 0)
        {
            findings.Required(field, "must contain at least 1 address");
        }
        else if (addresses.Count > MostAddresses)
        {
            findings.TooMany(field, addresses.Count, MostAddresses);
        }

        for (var i = 0; i < addresses.Count; i++)
        {
            Address(findings, addresses[i], type, field, $"{field}[{i}]");
        }
    }

    private static void Address(Findings findings, string address, string type, string field, string path)
    {
        if (type == "FQDN")
        {
            var name = address.EndsWith('.') ? address[..^1] : address;
            findings.Invalid(path, address, NameRules.Subdomain(name));
            if (!NameRules.Subdomain(name).Any() && name.Split('.').Length < 2)
            {
                findings.Invalid(path, address, "should be a domain with at least two segments separated by dots");
            }

            return;
        }

        if (type is not ("IPv4" or "IPv6"))
        {
            return;
        }

        var before = findings.Count;
        AddressRules.Check(findings, path, address);
        if (findings.Count > before)
        {
            return;
        }

        var isSix = AddressRules.Parse(address)!.AddressFamily == AddressFamily.InterNetworkV6;
        if (isSix != (type == "IPv6"))
        {
            findings.Invalid(field, address, $"must be an {type} address");
        }

        AddressRules.CheckEndpoint(findings, path, address);
    }

    private static void Hints(Findings findings, JsonObject? hints, string field)
    {
        var zones = hints?.Objects("forZones").Select(zone => zone.TextOf("name")).ToList() ?? [];
        if (zones.Count > MostHints)
        {
            findings.TooMany(field, zones.Count, MostHints);
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < zones.Count; i++)
        {
            if (!seen.Add(zones[i]))
            {
                findings.Duplicate($"{field}[{i}].name", zones[i]);
            }

            findings.Invalid($"{field}[{i}].name", zones[i], NameRules.LabelValue(zones[i]));
        }
    }
}
