using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>Ingresses and their classes.</summary>
internal static class IngressRules
{
    private const string ClassAnnotation = "kubernetes.io/ingress.class";
    private const int MostControllerBytes = 250;

    private static readonly string[] BadSequences = ["//", "/./", "/../", "%2f", "%2F"];
    private static readonly string[] BadEndings = ["/..", "/."];

    public static void Create(Findings findings, JsonObject obj)
    {
        Ingress(findings, obj);
        var name = obj["spec"]?["ingressClassName"].AsText();
        if (obj["metadata"]?["annotations"]?[ClassAnnotation].AsText() is { } annotation && name is not null && annotation != name)
        {
            findings.Invalid($"annotations.{ClassAnnotation}", annotation, "must match `ingressClassName` when both are specified");
        }
    }

    public static void Update(Findings findings, JsonObject obj, JsonObject old)
    {
        MetadataRules.CheckUpdate(findings, obj, old);
        Ingress(findings, obj);
    }

    public static void StatusUpdate(Findings findings, JsonObject obj, JsonObject old)
    {
        MetadataRules.CheckUpdate(findings, obj, old);
        var index = 0;
        foreach (var address in obj.Object("status")?.Object("loadBalancer")?.Objects("ingress") ?? [])
        {
            ServiceRules.LoadBalancerAddress(findings, address, $"status.loadBalancer.ingress[{index++}]", hasMode: false);
        }
    }

    public static void Class(Findings findings, JsonObject obj)
    {
        MetadataRules.Check(findings, obj, namespaced: false, NameRules.Subdomain);
        var spec = obj.ObjectOrNew("spec");
        Controller(findings, spec.TextOf("controller"));
        if (spec.Object("parameters") is { } parameters)
        {
            Parameters(findings, parameters);
        }
    }

    public static void ClassUpdate(Findings findings, JsonObject obj, JsonObject old)
    {
        MetadataRules.CheckUpdate(findings, obj, old);
        MetadataRules.Unchanged(findings, "spec.controller", obj["spec"]?["controller"], old["spec"]?["controller"]);
        Class(findings, obj);
    }

    private static void Ingress(Findings findings, JsonObject obj)
    {
        MetadataRules.Check(findings, obj, namespaced: true, NameRules.Subdomain);
        var spec = obj.ObjectOrNew("spec");
        var rules = spec.Objects("rules").ToList();
        if (rules.Count == 0 && !spec.Has("defaultBackend"))
        {
            findings.Invalid("spec", (JsonNode?)null, "either `defaultBackend` or `rules` must be specified");
        }

        if (spec.Object("defaultBackend") is { } backend)
        {
            Backend(findings, backend, "spec.defaultBackend");
        }

        for (var i = 0; i < rules.Count; i++)
        {
            Rule(findings, rules[i], $"spec.rules[{i}]");
        }

        Tls(findings, spec);
        if (spec["ingressClassName"].AsText() is { } name)
        {
            findings.Invalid("spec.ingressClassName", name, NameRules.Subdomain(name));
        }
    }

    private static void Rule(Findings findings, JsonObject rule, string field)
    {
        if (rule.TextOf("host") is { Length: > 0 } host)
        {
            if (AddressRules.Parse(host) is not null)
            {
                findings.Invalid($"{field}.host", host, "must be a DNS name, not an IP address");
            }

            findings.Invalid($"{field}.host", host, Host(host));
        }

        if (rule.Object("http") is not { } http)
        {
            return;
        }

        var paths = http.Objects("paths").ToList();
        if (paths.Count == 0)
        {
            findings.Required($"{field}.http.paths");
        }

        for (var i = 0; i < paths.Count; i++)
        {
            Path(findings, paths[i], $"{field}.http.paths[{i}]");
        }
    }

    private static void Path(Findings findings, JsonObject rule, string field)
    {
        var path = rule.TextOf("path");
        switch (rule["pathType"].AsText())
        {
            case null:
                findings.Required($"{field}.pathType", "pathType must be specified");
                return;
            case "Exact" or "Prefix":
                if (!path.StartsWith('/'))
                {
                    findings.Invalid($"{field}.path", path, "must be an absolute path");
                }

                findings.Invalid(
                    $"{field}.path", path, BadSequences.Where(bad => path.Contains(bad, StringComparison.Ordinal)).Select(bad => $"must not contain '{bad}'"));
                findings.Invalid(
                    $"{field}.path", path, BadEndings.Where(bad => path.EndsWith(bad, StringComparison.Ordinal)).Select(bad => $"cannot end with '{bad}'"));
                break;
            case "ImplementationSpecific":
                if (path.Length > 0 && !path.StartsWith('/'))
                {
                    findings.Invalid($"{field}.path", path, "must be an absolute path");
                }

                break;
            case var type:
                findings.NotSupported($"{field}.pathType", type, "Exact", "ImplementationSpecific", "Prefix");
                break;
        }

        Backend(findings, rule.ObjectOrNew("backend"), $"{field}.backend");
    }

    private static void Backend(Findings findings, JsonObject backend, string field)
    {
        var resource = backend.Object("resource");
        if (backend.Object("service") is { } service)
        {
            if (resource is not null)
            {
                findings.Invalid(field, "", "cannot set both resource and service backends");
            }
            else
            {
                Service(findings, service, field);
            }
        }
        else if (resource is not null)
        {
            Reference(findings, resource, $"{field}.resource");
        }
        else
        {
            findings.Invalid(field, "", "resource or service backend is required");
        }
    }

    private static void Service(Findings findings, JsonObject service, string field)
    {
        var name = service.TextOf("name");
        if (name.Length == 0)
        {
            findings.Required($"{field}.service.name");
        }
        else
        {
            findings.Invalid($"{field}.service.name", name, NameRules.Label(name));
        }

        var port = service.Object("port") ?? [];
        var portName = port.TextOf("name");
        var number = port.NumberOf("number") ?? 0;
        if (portName.Length > 0 && number != 0)
        {
            findings.Invalid(field, "", "cannot set both port name & port number");
        }
        else if (portName.Length > 0)
        {
            findings.Invalid($"{field}.service.port.name", portName, NameRules.PortName(portName));
        }
        else if (number == 0)
        {
            findings.Required(field, "port name or number is required");
        }
        else
        {
            foreach (var problem in NameRules.Port(number))
            {
                findings.Invalid($"{field}.service.port.number", number, problem);
            }
        }
    }

    private static void Tls(Findings findings, JsonObject spec)
    {
        var index = 0;
        foreach (var tls in spec.Objects("tls"))
        {
            var path = $"spec.tls[{index++}]";
            var host = 0;
            foreach (var name in tls.TextsOf("hosts"))
            {
                findings.Invalid($"{path}.hosts[{host++}]", name, Host(name));
            }

            if (tls.TextOf("secretName") is { Length: > 0 } secret)
            {
                findings.Invalid($"{path}.secretName", secret, NameRules.Subdomain(secret));
            }
        }
    }

    private static void Controller(Findings findings, string controller)
    {
        const string Field = "spec.controller";
        if (controller.Length > MostControllerBytes)
        {
            findings.TooLong(Field, MostControllerBytes);
        }

        if (controller.Length == 0)
        {
            findings.Required(Field);
            return;
        }

        var slash = controller.IndexOf('/', StringComparison.Ordinal);
        if (slash < 1 || slash == controller.Length - 1)
        {
            findings.Invalid(Field, controller, "must be a domain-prefixed path (such as \"acme.io/foo\")");
            return;
        }

        findings.Invalid(Field, controller[..slash], NameRules.Subdomain(controller[..slash]));
    }

    private static void Parameters(Findings findings, JsonObject parameters)
    {
        const string Field = "spec.parameters";
        Reference(findings, parameters, Field);
        var space = parameters["namespace"].AsText();
        switch (parameters.TextOf("scope"))
        {
            case "Namespace":
                if (space is null)
                {
                    findings.Required($"{Field}.namespace", "`parameters.scope` is set to 'Namespace'");
                }
                else
                {
                    findings.Invalid($"{Field}.namespace", space, NameRules.Label(space));
                }

                break;
            case "Cluster":
                if (space is not null)
                {
                    findings.Forbidden($"{Field}.namespace", "`parameters.scope` is set to 'Cluster'");
                }

                break;
            default:
                findings.NotSupported($"{Field}.scope", parameters.TextOf("scope"), "Cluster", "Namespace");
                break;
        }
    }

    private static void Reference(Findings findings, JsonObject reference, string field)
    {
        if (reference["apiGroup"].AsText() is { } group)
        {
            findings.Invalid($"{field}.apiGroup", group, NameRules.Subdomain(group));
        }

        ReferenceRules.KindAndName(findings, reference, field);
    }

    private static IEnumerable<string> Host(string host) =>
        host.Contains('*', StringComparison.Ordinal) ? NameRules.WildcardSubdomain(host) : NameRules.Subdomain(host);
}
