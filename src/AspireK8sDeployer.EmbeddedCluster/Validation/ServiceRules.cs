using System.Net.Sockets;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Defaults;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>Services; whether an address or port is free is found out where they are allocated.</summary>
internal static class ServiceRules
{
    private const string LoadBalancerOnly = "may only be used when `type` is 'LoadBalancer'";
    private const string SourceRanges = "service.beta.kubernetes.io/load-balancer-source-ranges";
    private const int MostAffinitySeconds = 86400;

    public static void Create(Findings findings, JsonObject obj)
    {
        MetadataRules.Check(findings, obj, namespaced: true, NameRules.Label);
        Service(findings, obj);
    }

    public static void Update(Findings findings, JsonObject obj, JsonObject oldObj)
    {
        MetadataRules.CheckUpdate(findings, obj, oldObj);
        ClusterAddressesUpdate(findings, obj.ObjectOrNew("spec"), oldObj.ObjectOrNew("spec"));
        var spec = obj.ObjectOrNew("spec");
        var old = oldObj.ObjectOrNew("spec");
        if (spec.TextOf("type") == "LoadBalancer" && old.TextOf("type") == "LoadBalancer"
            && !JsonValues.Same(spec["loadBalancerClass"], old["loadBalancerClass"]))
        {
            findings.Invalid("spec.loadBalancerClass", spec["loadBalancerClass"], "may not change once set");
        }

        Service(findings, obj);
    }

    public static void StatusUpdate(Findings findings, JsonObject obj, JsonObject old)
    {
        MetadataRules.CheckUpdate(findings, obj, old);
        var addresses = obj.Object("status")?.Object("loadBalancer")?.Objects("ingress").ToList() ?? [];
        if (obj.ObjectOrNew("spec").TextOf("type") != "LoadBalancer" && addresses.Count > 0)
        {
            findings.Forbidden("status.loadBalancer.ingress", "may only be used when `spec.type` is 'LoadBalancer'");
            return;
        }

        for (var i = 0; i < addresses.Count; i++)
        {
            LoadBalancerAddress(findings, addresses[i], $"status.loadBalancer.ingress[{i}]", hasMode: true);
        }
    }

    /// <summary>An address at which a load balancer or an ingress is reached.</summary>
    public static void LoadBalancerAddress(Findings findings, JsonObject address, string field, bool hasMode)
    {
        var ip = address.TextOf("ip");
        if (ip.Length > 0)
        {
            AddressRules.Check(findings, $"{field}.ip", ip);
        }

        if (hasMode && address["ipMode"].AsText() is { } mode)
        {
            if (ip.Length == 0)
            {
                findings.Forbidden($"{field}.ipMode", "may not be specified when `ip` is not set");
            }
            else if (mode is not ("Proxy" or "VIP"))
            {
                findings.NotSupported($"{field}.ipMode", mode, "Proxy", "VIP");
            }
        }

        if (address.TextOf("hostname") is { Length: > 0 } host)
        {
            findings.Invalid($"{field}.hostname", host, NameRules.Subdomain(host));
            if (AddressRules.Parse(host) is not null)
            {
                findings.Invalid($"{field}.hostname", host, "must be a DNS name, not an IP address");
            }
        }
    }

    private static void Service(Findings findings, JsonObject obj)
    {
        var spec = obj.ObjectOrNew("spec");
        var type = spec.TextOf("type");
        var ports = spec.Objects("ports").ToList();
        if (ports.Count == 0 && !IsHeadless(spec) && type != "ExternalName")
        {
            findings.Required("spec.ports");
        }

        Type(findings, spec, type);
        Ports(findings, ports);
        MetadataRules.Labels(findings, spec.Object("selector"), "spec.selector");
        Affinity(findings, spec);
        ClusterAddresses(findings, spec, type);
        ExternalAddresses(findings, spec);
        if (type is not ("ClusterIP" or "ExternalName" or "LoadBalancer" or "NodePort"))
        {
            findings.NotSupported("spec.type", type, "ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
        }

        PortNumbers(findings, ports, type);
        LoadBalancer(findings, obj, spec, type);
        Policies(findings, spec);
    }

    private static void Type(Findings findings, JsonObject spec, string type)
    {
        if (type is "LoadBalancer" or "NodePort" && IsHeadless(spec))
        {
            findings.Invalid("spec.clusterIPs[0]", "None", $"may not be set to 'None' for {type} services");
        }

        if (type != "ExternalName")
        {
            return;
        }

        foreach (var field in (string[])["clusterIPs", "ipFamilies"])
        {
            if (spec.Array(field) is { Count: > 0 })
            {
                findings.Forbidden($"spec.{field}", "may not be set for ExternalName services");
            }
        }

        if (spec.Has("ipFamilyPolicy"))
        {
            findings.Forbidden("spec.ipFamilyPolicy", "may not be set for ExternalName services");
        }

        var name = spec.TextOf("externalName");
        name = name.EndsWith('.') ? name[..^1] : name;
        if (name.Length == 0)
        {
            findings.Required("spec.externalName");
        }
        else
        {
            findings.Invalid("spec.externalName", name, NameRules.Subdomain(name));
        }
    }

    private static void Ports(Findings findings, List<JsonObject> ports)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < ports.Count; i++)
        {
            var port = ports[i];
            var path = $"spec.ports[{i}]";
            var name = port.TextOf("name");
            if (name.Length > 0)
            {
                findings.Invalid($"{path}.name", name, NameRules.Label(name));
                if (!names.Add(name))
                {
                    findings.Duplicate($"{path}.name", name);
                }
            }
            else if (ports.Count > 1)
            {
                findings.Required($"{path}.name");
            }

            var number = port.NumberOf("port") ?? 0;
            foreach (var problem in NameRules.Port(number))
            {
                findings.Invalid($"{path}.port", number, problem);
            }

            if (port.TextOf("protocol") is var protocol and not ("SCTP" or "TCP" or "UDP"))
            {
                findings.NotSupported($"{path}.protocol", protocol, "SCTP", "TCP", "UDP");
            }

            ProbeRules.Port(findings, port["targetPort"], $"{path}.targetPort");
            if (port["appProtocol"].AsText() is { } application)
            {
                findings.Invalid($"{path}.appProtocol", application, NameRules.Qualified(application));
            }
        }
    }

    private static void PortNumbers(Findings findings, List<JsonObject> ports, string type)
    {
        var nodePorts = new HashSet<(string, long)>();
        for (var i = 0; i < ports.Count; i++)
        {
            if (type == "ClusterIP" && (ports[i].NumberOf("nodePort") ?? 0) != 0)
            {
                findings.Forbidden($"spec.ports[{i}].nodePort", "may not be used when `type` is 'ClusterIP'");
            }
        }

        for (var i = 0; i < ports.Count; i++)
        {
            if (ports[i].NumberOf("nodePort") is { } number and not 0 && !nodePorts.Add((ports[i].TextOf("protocol"), number)))
            {
                // The ports are allocated one by one, which fails before anything looks for the same one twice.
                findings.Invalid($"spec.ports[{i}].nodePort", number, "provided port is already allocated");
            }
        }

        var numbers = new HashSet<(string, long)>();
        for (var i = 0; i < ports.Count; i++)
        {
            var protocol = ports[i].TextOf("protocol");
            var number = ports[i].NumberOf("port") ?? 0;
            if (!numbers.Add((protocol, number)))
            {
                findings.Duplicate($"spec.ports[{i}]", Key(protocol, number));
            }
        }
    }

    private static JsonObject Key(string protocol, long port) => new()
    {
        ["Name"] = "",
        ["Protocol"] = protocol,
        ["AppProtocol"] = null,
        ["Port"] = port,
        ["TargetPort"] = 0,
        ["NodePort"] = 0,
    };

    private static void Affinity(Findings findings, JsonObject spec)
    {
        var affinity = spec.TextOf("sessionAffinity");
        if (affinity is not ("ClientIP" or "None"))
        {
            findings.NotSupported("spec.sessionAffinity", affinity, "ClientIP", "None");
        }
        else if (affinity == "ClientIP")
        {
            var seconds = spec.Object("sessionAffinityConfig")?.Object("clientIP")?.NumberOf("timeoutSeconds");
            if (seconds is <= 0 or > MostAffinitySeconds)
            {
                findings.Invalid(
                    "spec.sessionAffinityConfig.clientIP.timeoutSeconds", seconds.Value, $"must be greater than 0 and less than {MostAffinitySeconds}");
            }
        }
        else if (spec.Has("sessionAffinityConfig"))
        {
            findings.Forbidden("spec.sessionAffinityConfig", "must not be set when session affinity is None");
        }
    }

    private static void ClusterAddresses(Findings findings, JsonObject spec, string type)
    {
        if (type == "ExternalName")
        {
            return;
        }

        var one = spec.TextOf("clusterIP");
        var all = spec.TextsOf("clusterIPs").ToList();
        if (one.Length == 0 && all.Count > 0)
        {
            findings.Invalid("spec.clusterIPs", spec["clusterIPs"], "must be empty when `clusterIP` is not specified");
        }
        else if (all.Count > 0 && all[0] != one)
        {
            findings.Invalid("spec.clusterIPs", spec["clusterIPs"], "first value must match `clusterIP`");
        }
        else if (one.Length > 0 && all.Count == 0)
        {
            all.Add(one);
        }

        Families(findings, spec);
        for (var i = 0; i < all.Count; i++)
        {
            if (i == 0 && all[0] == "None")
            {
                if (all.Count > 1)
                {
                    findings.Invalid("spec.clusterIPs", spec["clusterIPs"], "'None' must be the first and only value");
                }
            }
            else
            {
                AddressRules.Check(findings, $"spec.clusterIPs[{i}]", all[i]);
            }
        }

        if (all.Count > 2)
        {
            findings.Invalid("spec.clusterIPs", spec["clusterIPs"], "may only hold up to 2 values");
        }

        if (all.Count > 1 && all.Select(AddressRules.Parse).OfType<System.Net.IPAddress>().GroupBy(ip => ip.AddressFamily).Any(group => group.Skip(1).Any()))
        {
            findings.Invalid("spec.clusterIPs", spec["clusterIPs"], "may specify no more than one IP for each IP family");
        }

        AddressFamilies(findings, spec, all);
    }

    private static void Families(Findings findings, JsonObject spec)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var index = 0;
        foreach (var family in spec.TextsOf("ipFamilies"))
        {
            var path = $"spec.ipFamilies[{index++}]";
            if (family is not ("IPv4" or "IPv6"))
            {
                findings.NotSupported(path, family, "IPv4", "IPv6");
            }

            if (!seen.Add(family))
            {
                findings.Duplicate(path, family);
            }
        }

        if (spec["ipFamilyPolicy"].AsText() is { } policy and not ("PreferDualStack" or "RequireDualStack" or "SingleStack"))
        {
            findings.NotSupported("spec.ipFamilyPolicy", policy, "PreferDualStack", "RequireDualStack", "SingleStack");
        }
    }

    private static void AddressFamilies(Findings findings, JsonObject spec, List<string> all)
    {
        var families = spec.TextsOf("ipFamilies").ToList();
        for (var i = 0; i < Math.Min(all.Count, families.Count); i++)
        {
            if (AddressRules.Parse(all[i]) is { } address
                && families[i] is "IPv4" or "IPv6"
                && address.AddressFamily == AddressFamily.InterNetworkV6 != (families[i] == "IPv6"))
            {
                findings.Invalid($"spec.clusterIPs[{i}]", all[i], $"expected an {families[i]} value as indicated by `ipFamilies[{i}]`");
            }
        }
    }

    private static void ClusterAddressesUpdate(Findings findings, JsonObject spec, JsonObject old)
    {
        if (spec.TextOf("type") == "ExternalName" || old.TextOf("type") == "ExternalName" || (IsHeadless(spec) && IsHeadless(old)))
        {
            return;
        }

        var addresses = spec.TextsOf("clusterIPs").ToList();
        var before = old.TextsOf("clusterIPs").ToList();
        if (before.Count > 0 && addresses.Count == 0)
        {
            findings.Invalid("spec.clusterIPs[0]", spec["clusterIPs"], "primary clusterIP can not be unset");
        }
        else
        {
            for (var i = 0; i < Math.Min(before.Count, addresses.Count); i++)
            {
                if (before[i] != addresses[i])
                {
                    findings.Invalid($"spec.clusterIPs[{i}]", spec["clusterIPs"], "may not change once set");
                }
            }
        }
    }

    private static void ExternalAddresses(Findings findings, JsonObject spec)
    {
        var index = 0;
        foreach (var address in spec.TextsOf("externalIPs"))
        {
            var path = $"spec.externalIPs[{index++}]";
            var before = findings.Count;
            AddressRules.Check(findings, path, address);
            if (findings.Count == before)
            {
                AddressRules.CheckEndpoint(findings, path, address);
            }
        }
    }

    private static void LoadBalancer(Findings findings, JsonObject obj, JsonObject spec, string type)
    {
        var isLoadBalancer = type == "LoadBalancer";
        var ranges = spec.TextsOf("loadBalancerSourceRanges").ToList();
        if (ranges.Count > 0)
        {
            // The server writes the name of its own field here.
            if (!isLoadBalancer)
            {
                findings.Forbidden("spec.LoadBalancerSourceRanges", LoadBalancerOnly);
            }

            for (var i = 0; i < ranges.Count; i++)
            {
                AddressRules.CheckRange(findings, $"spec.LoadBalancerSourceRanges[{i}]", ranges[i].Trim());
            }
        }
        else if (obj["metadata"]?["annotations"]?[SourceRanges].AsText() is { } annotation)
        {
            RangesAnnotation(findings, annotation, isLoadBalancer);
        }

        if (spec.Has("allocateLoadBalancerNodePorts") && !isLoadBalancer)
        {
            findings.Forbidden("spec.allocateLoadBalancerNodePorts", LoadBalancerOnly);
        }

        if (spec["loadBalancerClass"].AsText() is not { } balancerClass)
        {
            return;
        }

        if (isLoadBalancer)
        {
            findings.Invalid("spec.loadBalancerClass", balancerClass, NameRules.Qualified(balancerClass));
        }
        else
        {
            findings.Forbidden("spec.loadBalancerClass", LoadBalancerOnly);
        }
    }

    private static void RangesAnnotation(Findings findings, string annotation, bool isLoadBalancer)
    {
        const string Field = $"metadata.annotations[{SourceRanges}]";
        if (!isLoadBalancer)
        {
            findings.Forbidden(Field, LoadBalancerOnly);
        }

        foreach (var range in annotation.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            AddressRules.CheckRange(findings, Field, range);
        }
    }

    private static void Policies(Findings findings, JsonObject spec)
    {
        var external = spec.TextOf("externalTrafficPolicy");
        if (!ServiceDefaults.IsReachableFromOutside(spec))
        {
            if (external.Length > 0)
            {
                findings.Invalid("spec.externalTrafficPolicy", external, "may only be set for externally-accessible services");
            }
        }
        else if (external is not ("Cluster" or "Local"))
        {
            findings.NotSupported("spec.externalTrafficPolicy", external, "Cluster", "Local");
        }

        if (spec.NumberOf("healthCheckNodePort") is { } health and not 0 && (spec.TextOf("type") != "LoadBalancer" || external != "Local"))
        {
            findings.Invalid(
                "spec.healthCheckNodePort", health, "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'");
        }

        if (spec["internalTrafficPolicy"].AsText() is { } policy and not ("Cluster" or "Local"))
        {
            findings.NotSupported("spec.internalTrafficPolicy", policy, "Cluster", "Local");
        }

        if (spec["trafficDistribution"].AsText() is { } distribution and not ("PreferClose" or "PreferSameZone" or "PreferSameNode"))
        {
            findings.NotSupported("spec.trafficDistribution", distribution, "PreferClose", "PreferSameZone", "PreferSameNode");
        }
    }

    private static bool IsHeadless(JsonObject spec) => spec.TextOf("clusterIP") == "None" || spec.TextsOf("clusterIPs").FirstOrDefault() == "None";
}
