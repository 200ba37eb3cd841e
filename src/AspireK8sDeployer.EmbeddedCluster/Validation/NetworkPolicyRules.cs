using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>NetworkPolicies.</summary>
internal static class NetworkPolicyRules
{
    public static void Create(Findings findings, JsonObject obj)
    {
        MetadataRules.Check(findings, obj, namespaced: true, NameRules.Subdomain);
        Spec(findings, obj.ObjectOrNew("spec"));
    }

    public static void Update(Findings findings, JsonObject obj, JsonObject old)
    {
        MetadataRules.CheckUpdate(findings, obj, old);
        Spec(findings, obj.ObjectOrNew("spec"));
    }

    private static void Spec(Findings findings, JsonObject spec)
    {
        SelectorRules.Check(findings, spec.Object("podSelector"), "spec.podSelector");
        Direction(findings, spec, "ingress", "from");
        Direction(findings, spec, "egress", "to");
        var types = spec.TextsOf("policyTypes").ToList();
        if (types.Count > 2)
        {
            findings.Invalid("spec.policyTypes", spec["policyTypes"], "may not specify more than two policyTypes");
            return;
        }

        for (var i = 0; i < types.Count; i++)
        {
            if (types[i] is not ("Ingress" or "Egress"))
            {
                findings.NotSupported($"spec.policyTypes[{i}]", types[i], "Ingress", "Egress");
            }
        }
    }

    private static void Direction(Findings findings, JsonObject spec, string direction, string peers)
    {
        var index = 0;
        foreach (var rule in spec.Objects(direction))
        {
            var path = $"spec.{direction}[{index++}]";
            var port = 0;
            foreach (var one in rule.Objects("ports"))
            {
                Port(findings, one, $"{path}.ports[{port++}]");
            }

            var peer = 0;
            foreach (var one in rule.Objects(peers))
            {
                Peer(findings, one, $"{path}.{peers}[{peer++}]");
            }
        }
    }

    private static void Port(Findings findings, JsonObject port, string field)
    {
        if (port["protocol"].AsText() is { } protocol and not ("TCP" or "UDP" or "SCTP"))
        {
            findings.NotSupported($"{field}.protocol", protocol, "TCP", "UDP", "SCTP");
        }

        var last = port.NumberOf("endPort");
        if (port["port"] is not { } first)
        {
            if (last is not null)
            {
                findings.Invalid($"{field}.endPort", last.Value, "may not be specified when `port` is not specified");
            }

            return;
        }

        if (first.IsText() && last is not null)
        {
            findings.Invalid($"{field}.endPort", last.Value, "may not be specified when `port` is non-numeric");
        }

        ProbeRules.Port(findings, first, $"{field}.port");
        if (first.AsNumber() is { } number && last is not null)
        {
            if (last < number)
            {
                findings.Invalid($"{field}.endPort", number, "must be greater than or equal to `port`");
            }

            foreach (var problem in NameRules.Port(last.Value))
            {
                findings.Invalid($"{field}.endPort", last.Value, problem);
            }
        }
    }

    private static void Peer(Findings findings, JsonObject peer, string field)
    {
        var pods = peer.Object("podSelector");
        var namespaces = peer.Object("namespaceSelector");
        var block = peer.Object("ipBlock");
        SelectorRules.Check(findings, pods, $"{field}.podSelector");
        SelectorRules.Check(findings, namespaces, $"{field}.namespaceSelector");
        if (block is not null)
        {
            Block(findings, block, $"{field}.ipBlock");
        }

        if (pods is null && namespaces is null && block is null)
        {
            findings.Required(field, "must specify a peer");
        }
        else if (block is not null && (pods is not null || namespaces is not null))
        {
            findings.Forbidden(field, "may not specify both ipBlock and another peer");
        }
    }

    private static void Block(Findings findings, JsonObject block, string field)
    {
        var range = block.TextOf("cidr");
        if (range.Length == 0)
        {
            findings.Required($"{field}.cidr");
            return;
        }

        AddressRules.CheckRange(findings, $"{field}.cidr", range);
        if (AddressRules.ParseRange(range) is not { } outer)
        {
            return;
        }

        var index = 0;
        foreach (var except in block.TextsOf("except"))
        {
            var path = $"{field}.except[{index++}]";
            AddressRules.CheckRange(findings, path, except);
            if (AddressRules.ParseRange(except) is { } inner)
            {
                var contained = AddressRules.ParseRange($"{inner.Address}/{outer.Prefix}") is { } same && same.Masked.Equals(outer.Masked);
                if (!contained || outer.Prefix >= inner.Prefix)
                {
                    findings.Invalid(path, except, "must be a strict subset of `cidr`");
                }
            }
        }
    }
}
