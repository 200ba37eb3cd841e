using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>The containers of a pod: each for itself and all together.</summary>
internal static class PodContainerRules
{
    public static void Check(Findings findings, JsonObject spec, string field, IReadOnlyDictionary<string, JsonObject> volumes)
    {
        var claims = Claims(findings, spec, $"{field}.resourceClaims");
        var names = new HashSet<string>(StringComparer.Ordinal);
        Regular(findings, spec, $"{field}.containers", volumes, claims, names);
        Init(findings, spec, $"{field}.initContainers", volumes, claims, names);
        PodResources(findings, spec, $"{field}.resources", claims);
    }

    private static void Regular(
        Findings findings,
        JsonObject spec,
        string field,
        IReadOnlyDictionary<string, JsonObject> volumes,
        IReadOnlyCollection<string> claims,
        HashSet<string> names)
    {
        var containers = spec.Objects("containers").ToList();
        if (containers.Count == 0)
        {
            findings.Required(field);
            return;
        }

        for (var i = 0; i < containers.Count; i++)
        {
            var path = $"{field}[{i}]";
            ContainerRules.Check(findings, containers[i], spec, path, volumes, claims);
            if (!names.Add(containers[i].TextOf("name")))
            {
                findings.Duplicate($"{path}.name", containers[i].TextOf("name"));
            }

            ProbeRules.Lifecycle(findings, containers[i], spec, $"{path}.lifecycle");
            ProbeRules.Check(findings, containers[i], spec, path);
            RestartPolicy(findings, containers[i], path, isInit: false);
        }

        HostPorts(findings, containers, field, 0);
    }

    private static void Init(
        Findings findings,
        JsonObject spec,
        string field,
        IReadOnlyDictionary<string, JsonObject> volumes,
        IReadOnlyCollection<string> claims,
        HashSet<string> names)
    {
        var index = 0;
        foreach (var container in spec.Objects("initContainers"))
        {
            var path = $"{field}[{index}]";
            ContainerRules.Check(findings, container, spec, path, volumes, claims);
            RestartPolicy(findings, container, path, isInit: true);
            var name = container.TextOf("name");
            if (name.Length > 0 && !names.Add(name))
            {
                findings.Duplicate($"{path}.name", name);
            }

            HostPorts(findings, [container], field, 0);
            if (container.TextOf("restartPolicy") == "Always")
            {
                ProbeRules.Lifecycle(findings, container, spec, $"{path}.lifecycle");
                ProbeRules.Check(findings, container, spec, path);
            }
            else
            {
                ForbidForInit(findings, container, path);
            }

            index++;
        }
    }

    private static void ForbidForInit(Findings findings, JsonObject container, string path)
    {
        foreach (var name in (string[])["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"])
        {
            if (container.Has(name))
            {
                findings.Forbidden($"{path}.{name}", "may not be set for init containers without restartPolicy=Always");
            }
        }
    }

    private static void RestartPolicy(Findings findings, JsonObject container, string path, bool isInit)
    {
        var hasRules = container.Objects("restartPolicyRules").Any();
        if (!container.Has("restartPolicy"))
        {
            if (hasRules)
            {
                findings.Required($"{path}.restartPolicy", "must specify restartPolicy when restart rules are used");
            }

            return;
        }

        var policy = container.TextOf("restartPolicy");
        if (policy is not ("Always" or "OnFailure" or "Never"))
        {
            findings.NotSupported($"{path}.restartPolicy", policy, "Always", "Never", "OnFailure");
        }
        else if (isInit && policy == "Always" && hasRules)
        {
            findings.Forbidden(
                $"{path}.restartPolicyRules", "restartPolicyRules are not allowed for init containers with restart policy Always");
        }
    }

    private static void HostPorts(Findings findings, List<JsonObject> containers, string field, int first)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        for (var c = 0; c < containers.Count; c++)
        {
            var p = 0;
            foreach (var port in containers[c].Objects("ports"))
            {
                var number = port.NumberOf("hostPort") ?? 0;
                var key = $"{port.TextOf("protocol")}/{port.TextOf("hostIP")}/{number}";
                if (number != 0 && !taken.Add(key))
                {
                    findings.Duplicate($"{field}[{first + c}].ports[{p}].hostPort", key);
                }

                p++;
            }
        }
    }

    private static List<string> Claims(Findings findings, JsonObject spec, string field)
    {
        var names = new List<string>();
        var index = 0;
        foreach (var claim in spec.Objects("resourceClaims"))
        {
            var path = $"{field}[{index++}]";
            var name = claim.TextOf("name");
            if (name.Length == 0)
            {
                findings.Required($"{path}.name");
            }
            else
            {
                findings.Invalid($"{path}.name", name, NameRules.Label(name));
                if (names.Contains(name))
                {
                    findings.Duplicate($"{path}.name", name);
                }
            }

            names.Add(name);
            var sources = (claim.Has("resourceClaimName") ? 1 : 0) + (claim.Has("resourceClaimTemplateName") ? 1 : 0);
            if (sources != 1)
            {
                findings.Invalid(
                    path,
                    claim,
                    sources == 0
                        ? "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`"
                        : "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified");
            }
        }

        return names;
    }

    private static void PodResources(Findings findings, JsonObject spec, string field, IReadOnlyCollection<string> claims)
    {
        if (spec.Object("resources") is not { } resources)
        {
            return;
        }

        foreach (var list in (string[])["limits", "requests"])
        {
            foreach (var (name, _) in resources.Object(list) ?? [])
            {
                if (name is not ("cpu" or "memory") && !name.StartsWith("hugepages-", StringComparison.Ordinal))
                {
                    findings.NotSupported($"{field}.{list}[{name}]", name, "cpu", "hugepages-", "memory");
                }
            }
        }

        ResourceRules.Requirements(findings, resources, field, claims);
    }
}
