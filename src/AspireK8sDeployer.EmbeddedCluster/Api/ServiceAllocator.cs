using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Api;

/// <summary>One Service's allocation: keeps what it has, takes what it asks for, finds what it leaves open.</summary>
internal sealed class ServiceAllocator(Allocations allocations, JsonObject service, JsonObject? old, bool dryRun)
{
    private readonly JsonObject _spec = service["spec"] as JsonObject ?? [];
    private readonly JsonObject _oldSpec = old?["spec"] as JsonObject ?? [];
    private readonly List<string> _addresses = [];
    private readonly List<int> _ports = [];
    private int _lastDryPort = 32768;
    private readonly ServiceAllocation _before = old is null ? ServiceAllocation.None : ServiceAllocation.Read(old);

    public ServiceAllocation Run()
    {
        try
        {
            KeepFromOld();
            AllocateAddress();
            AllocatePorts();
        }
        catch
        {
            new ServiceAllocation(allocations, _addresses, _ports).Dispose();
            throw;
        }

        var after = ServiceAllocation.Read(service);
        return new ServiceAllocation(allocations, _addresses, _ports, () => allocations.GiveBack(new ServiceAllocation(
            null, [.. _before.Addresses.Except(after.Addresses)], [.. _before.Ports.Except(after.Ports)])));
    }

    private bool NeedsAddress => _spec.Text("type") is "ClusterIP" or "NodePort" or "LoadBalancer";

    private bool HadAddress => _oldSpec.Text("type") is "ClusterIP" or "NodePort" or "LoadBalancer";

    private bool NeedsPorts => _spec.Text("type") == "NodePort"
        || (_spec.Text("type") == "LoadBalancer" && (bool?)_spec["allocateLoadBalancerNodePorts"] != false);

    /// <summary>A PUT that leaves out what the server allocated means no change.</summary>
    private void KeepFromOld()
    {
        if (old is null)
        {
            return;
        }

        if (NeedsAddress && HadAddress)
        {
            if (_spec.Text("clusterIP").Length == 0 && _spec.Texts("clusterIPs").Count == 0)
            {
                Copy("clusterIP");
                Copy("clusterIPs");
            }

            if (_spec["ipFamilies"] is null)
            {
                Copy("ipFamilies");
            }

            if (_spec["ipFamilyPolicy"] is null)
            {
                Copy("ipFamilyPolicy");
            }
        }

        if (NeedsPorts)
        {
            KeepNodePorts();
        }

        if (NeedsHealthCheckPort && _spec.Number("healthCheckNodePort") is null or 0)
        {
            Copy("healthCheckNodePort");
        }
    }

    private bool NeedsHealthCheckPort =>
        _spec.Text("type") == "LoadBalancer" && _spec.Text("externalTrafficPolicy") == "Local";

    private void Copy(string field)
    {
        if (_oldSpec[field] is { } value)
        {
            _spec[field] = value.DeepClone();
        }
    }

    private static IEnumerable<JsonObject> PortsOf(JsonObject spec) => (spec["ports"] as JsonArray ?? []).OfType<JsonObject>();

    private static (long?, string) KeyOf(JsonObject port) => (port.Number("port"), port.Text("protocol"));

    private void KeepNodePorts()
    {
        var taken = PortsOf(_spec).Select(port => port.Number("nodePort")).ToHashSet();
        foreach (var port in PortsOf(_spec).Where(port => port.Number("nodePort") is null or 0))
        {
            var before = PortsOf(_oldSpec).FirstOrDefault(p => KeyOf(p) == KeyOf(port))?.Number("nodePort");
            if (before is > 0 && taken.Add(before))
            {
                port["nodePort"] = before;
            }
        }
    }

    private void AllocateAddress()
    {
        if (!NeedsAddress)
        {
            return;
        }

        var asked = _spec.Text("clusterIP") is { Length: > 0 } single ? single : _spec.Texts("clusterIPs").FirstOrDefault("");
        RequireFamilies();
        _spec["ipFamilies"] ??= new JsonArray("IPv4");
        _spec["ipFamilyPolicy"] ??= "SingleStack";
        if (asked == "None")
        {
            _spec["clusterIP"] = asked;
            _spec["clusterIPs"] = new JsonArray(asked);
            return;
        }

        if (asked.Length == 0 && dryRun)
        {
            asked = allocations.AddressAt(0); // nobody gets it: it only shows that there would be one
        }
        else if (asked.Length == 0)
        {
            asked = allocations.TakeAnyAddress() ?? throw new ApiException(500, "InternalError", "failed to allocate a serviceIP: range is full");
            _addresses.Add(asked);
        }
        else if (!HadAddress)
        {
            // A Service that has one keeps it; that it wants another is for validation to refuse.
            TakeAddress(asked);
        }

        _spec["clusterIP"] = asked;
        _spec["clusterIPs"] = new JsonArray(asked);
    }

    // One family is all there is on loopback.
    private void RequireFamilies()
    {
        var families = _spec.Texts("ipFamilies");
        var problems = families.Select((family, i) => (family, i)).Where(pair => pair.family == "IPv6")
            .Select(pair => new StatusCause("FieldValueInvalid", "Invalid value: \"IPv6\": not configured on this cluster", $"spec.ipFamilies[{pair.i}]"))
            .ToList();
        if (_spec.Text("ipFamilyPolicy") == "RequireDualStack")
        {
            problems.Add(new StatusCause(
                "FieldValueInvalid", "Invalid value: \"RequireDualStack\": this cluster is not configured for dual-stack services", "spec.ipFamilyPolicy"));
        }

        if (problems.Count > 0)
        {
            throw ApiException.Invalid("", "Service", service.MetadataOf().Text("name"), problems);
        }
    }

    private void TakeAddress(string asked)
    {
        if (!IPAddress.TryParse(asked, out var address))
        {
            return; // validation names it
        }

        if (!allocations.Contains(address))
        {
            throw Refuse("spec.clusterIPs", $"[{ServerText.Quote(asked)}]",
                $"failed to allocate IP {asked}: the provided IP ({asked}) is not in the valid range. The range of valid IPs is {allocations.Cidr}");
        }

        if (!allocations.TryTakeAddress(asked))
        {
            throw Refuse("spec.clusterIPs", $"[{ServerText.Quote(asked)}]", $"failed to allocate IP {asked}: provided IP is already allocated");
        }

        _addresses.Add(asked);
    }

    private void AllocatePorts()
    {
        if (NeedsPorts)
        {
            AllocateNodePorts();
        }

        if (NeedsHealthCheckPort)
        {
            AllocateHealthCheckPort();
        }
    }

    private void AllocateNodePorts()
    {
        var ports = PortsOf(_spec).ToList();
        var mine = new Dictionary<int, HashSet<string>>();
        for (var i = 0; i < ports.Count; i++)
        {
            if (ports[i].Number("nodePort") is > 0 and var asked)
            {
                Take((int)asked, ports[i], $"spec.ports[{i}].nodePort", mine);
            }
        }

        foreach (var port in ports.Where(port => port.Number("nodePort") is null or 0))
        {
            // The same port over TCP and UDP gets one number, as long as only the protocol differs.
            var twin = ports.FirstOrDefault(p => p != port && p.Number("port") == port.Number("port") && p.Number("nodePort") is > 0);
            var number = twin is not null && mine.TryGetValue((int)twin.Number("nodePort")!, out var used) && used.Add(port.Text("protocol"))
                ? (int)twin.Number("nodePort")!
                : TakeAny();
            mine.TryAdd(number, [port.Text("protocol")]);
            port["nodePort"] = number;
        }
    }

    private void AllocateHealthCheckPort()
    {
        if (_spec.Number("healthCheckNodePort") is > 0 and var asked)
        {
            Take((int)asked, [], "spec.healthCheckNodePort", []);
        }
        else
        {
            _spec["healthCheckNodePort"] = TakeAny();
        }
    }

    private void Take(int number, JsonObject port, string field, Dictionary<int, HashSet<string>> mine)
    {
        if (mine.TryGetValue(number, out var protocols))
        {
            // Two ports of one Service may share a number when they differ in protocol.
            if (!protocols.Add(port.Text("protocol")))
            {
                throw Refuse(field, number.ToString(CultureInfo.InvariantCulture), "provided port is already allocated");
            }

            return;
        }

        mine[number] = [port.Text("protocol")];
        if (_before.Ports.Contains(number))
        {
            return;
        }

        var text = number.ToString(CultureInfo.InvariantCulture);
        if (dryRun)
        {
            // As a real server: only what is taken is refused.
            if (allocations.IsTaken(number))
            {
                throw Refuse(field, text, "provided port is already allocated");
            }

            return;
        }

        if (!allocations.IsInPortRange(number))
        {
            throw Refuse(field, text, $"provided port is not in the valid range. The range of valid ports is {allocations.PortRange}");
        }

        if (!allocations.TryTakePort(number))
        {
            throw Refuse(field, text, "provided port is already allocated");
        }

        _ports.Add(number);
    }

    private int TakeAny()
    {
        if (dryRun)
        {
            return ++_lastDryPort; // beyond the range: a number that nobody has
        }

        var port = allocations.TakeAnyPort() ?? throw new ApiException(500, "InternalError", "failed to allocate a nodePort: range is full");
        _ports.Add(port);
        return port;
    }

    private ApiException Refuse(string field, string value, string problem) => ApiException.Invalid(
        "", "Service", service.MetadataOf().Text("name"), [new StatusCause("FieldValueInvalid", $"Invalid value: {value}: {problem}", field)]);
}
