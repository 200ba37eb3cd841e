using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>What all containers have in common.</summary>
internal static class ContainerRules
{
    private static readonly string[] Protocols = ["SCTP", "TCP", "UDP"];

    public static void Check(
        Findings findings,
        JsonObject container,
        JsonObject spec,
        string field,
        IReadOnlyDictionary<string, JsonObject> volumes,
        IReadOnlyCollection<string> claims)
    {
        var name = container.TextOf("name");
        if (name.Length == 0)
        {
            findings.Required($"{field}.name");
        }
        else
        {
            findings.Invalid($"{field}.name", name, NameRules.Label(name));
        }

        if (container.TextOf("image").Length == 0)
        {
            findings.Required($"{field}.image");
        }

        Choice(findings, container, "terminationMessagePolicy", field, "File", "FallbackToLogsOnError");
        Ports(findings, container, $"{field}.ports");
        EnvironmentRules.Check(findings, container, field);
        MountRules.Mounts(findings, container, $"{field}.volumeMounts", volumes);
        MountRules.Devices(findings, container, $"{field}.volumeDevices", volumes);
        Choice(findings, container, "imagePullPolicy", field, "Always", "IfNotPresent", "Never");
        ResourceRules.Requirements(findings, container.Object("resources"), $"{field}.resources", claims);
        ResizePolicy(findings, container, spec, $"{field}.resizePolicy");
        SecurityRules.Container(findings, container.Object("securityContext"), $"{field}.securityContext", spec);
    }

    private static void Choice(Findings findings, JsonObject container, string name, string field, params string[] supported)
    {
        var value = container.TextOf(name);
        if (value.Length == 0)
        {
            findings.Required($"{field}.{name}");
        }
        else if (!supported.Contains(value))
        {
            findings.NotSupported($"{field}.{name}", value, supported);
        }
    }

    private static void Ports(Findings findings, JsonObject container, string field)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var index = 0;
        foreach (var port in container.Objects("ports"))
        {
            var path = $"{field}[{index++}]";
            if (port.TextOf("name") is { Length: > 0 } name)
            {
                var problems = NameRules.PortName(name).ToList();
                findings.Invalid($"{path}.name", name, problems);
                if (problems.Count == 0 && !names.Add(name))
                {
                    findings.Duplicate($"{path}.name", name);
                }
            }

            PortNumbers(findings, port, path);
            var protocol = port.TextOf("protocol");
            if (protocol.Length == 0)
            {
                findings.Required($"{path}.protocol");
            }
            else if (!Protocols.Contains(protocol))
            {
                findings.NotSupported($"{path}.protocol", protocol, Protocols);
            }
        }
    }

    private static void PortNumbers(Findings findings, JsonObject port, string path)
    {
        var number = port.NumberOf("containerPort") ?? 0;
        if (number == 0)
        {
            findings.Required($"{path}.containerPort");
        }
        else
        {
            foreach (var problem in NameRules.Port(number))
            {
                findings.Invalid($"{path}.containerPort", number, problem);
            }
        }

        if (port.NumberOf("hostPort") is { } host and not 0)
        {
            foreach (var problem in NameRules.Port(host))
            {
                findings.Invalid($"{path}.hostPort", host, problem);
            }
        }
    }

    private static void ResizePolicy(Findings findings, JsonObject container, JsonObject spec, string field)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var index = 0;
        foreach (var policy in container.Objects("resizePolicy"))
        {
            var resource = policy.TextOf("resourceName");
            if (!seen.Add(resource))
            {
                findings.Duplicate($"{field}[{index}]", resource);
            }

            Required(resource, "cpu", "memory");
            Required(policy.TextOf("restartPolicy"), "NotRequired", "RestartContainer");
            if (spec.TextOf("restartPolicy") == "Never" && policy.TextOf("restartPolicy") != "NotRequired")
            {
                findings.Invalid(field, policy.TextOf("restartPolicy"), "must be 'NotRequired' when pod `restartPolicy` is 'Never'");
            }

            index++;
        }

        void Required(string value, params string[] supported)
        {
            if (value.Length == 0)
            {
                findings.Required(field);
            }
            else if (!supported.Contains(value))
            {
                findings.NotSupported(field, value, supported);
            }
        }
    }
}
