using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>ResourceQuotas and LimitRanges.</summary>
internal static class QuotaRules
{
    private static readonly HashSet<string> Scopes =
        ["Terminating", "NotTerminating", "BestEffort", "NotBestEffort", "PriorityClass", "CrossNamespacePodAffinity", "VolumeAttributesClass"];

    public static void Quota(Findings findings, JsonObject obj)
    {
        MetadataRules.Check(findings, obj, namespaced: true, NameRules.Subdomain);
        QuotaSpec(findings, obj.ObjectOrNew("spec"));
    }

    public static void QuotaUpdate(Findings findings, JsonObject obj, JsonObject old)
    {
        MetadataRules.CheckUpdate(findings, obj, old);
        var spec = obj.ObjectOrNew("spec");
        QuotaSpec(findings, spec);
        if (!spec.TextsOf("scopes").ToHashSet().SetEquals(old.ObjectOrNew("spec").TextsOf("scopes")))
        {
            findings.Invalid("spec.scopes", spec["scopes"], "field is immutable");
        }
    }

    public static void LimitRange(Findings findings, JsonObject obj)
    {
        MetadataRules.Check(findings, obj, namespaced: true, NameRules.Subdomain);
        var types = new HashSet<string>(StringComparer.Ordinal);
        var index = 0;
        foreach (var limit in obj.ObjectOrNew("spec").Objects("limits"))
        {
            var path = $"spec.limits[{index++}]";
            var type = limit.TextOf("type");
            LimitType(findings, type, $"{path}.type");
            if (!types.Add(type))
            {
                findings.Duplicate($"{path}.type", type);
            }

            Limit(findings, limit, type, path);
        }
    }

    public static void LimitRangeUpdate(Findings findings, JsonObject obj, JsonObject old) => LimitRange(findings, obj);

    private static void QuotaSpec(Findings findings, JsonObject spec)
    {
        foreach (var (name, amount) in spec.Object("hard") ?? [])
        {
            ResourceRules.QuotaName(findings, name, $"spec.hard[{name}]");
            ResourceRules.Amount(findings, name, amount, $"spec.hard[{name}]");
        }

        var scopes = spec.TextsOf("scopes").ToList();
        foreach (var _ in scopes.Where(scope => !Scopes.Contains(scope)))
        {
            findings.Invalid("spec.scopes", spec["scopes"], "unsupported scope");
        }

        if ((scopes.Contains("BestEffort") && scopes.Contains("NotBestEffort")) || (scopes.Contains("Terminating") && scopes.Contains("NotTerminating")))
        {
            findings.Invalid("spec.scopes", spec["scopes"], "conflicting scopes");
        }
    }

    private static void LimitType(Findings findings, string type, string field)
    {
        var before = findings.Count;
        findings.Invalid(field, type, NameRules.Qualified(type));
        if (findings.Count == before && !type.Contains('/', StringComparison.Ordinal) && type is not ("Pod" or "Container" or "PersistentVolumeClaim"))
        {
            findings.Invalid(field, type, "must be a standard limit type or fully qualified");
        }
    }

    private static void Limit(Findings findings, JsonObject limit, string type, string path)
    {
        Names(findings, limit, type, "max", path);
        Names(findings, limit, type, "min", path);
        foreach (var name in (string[])["default", "defaultRequest"])
        {
            if (type != "Pod")
            {
                Names(findings, limit, type, name, path);
            }
            else if (limit.Object(name) is { Count: > 0 })
            {
                findings.Forbidden($"{path}.{name}", "may not be specified when `type` is 'Pod'");
            }
        }

        if (type == "PersistentVolumeClaim" && limit.Object("min")?.ContainsKey("storage") != true && limit.Object("max")?.ContainsKey("storage") != true)
        {
            findings.Required($"{path}.limits", "either minimum or maximum storage value is required, but neither was provided");
        }

        Names(findings, limit, type, "maxLimitRequestRatio", path);
        string[] lists = type == "Pod" ? ["max", "min", "maxLimitRequestRatio"] : ["max", "min", "default", "defaultRequest", "maxLimitRequestRatio"];
        foreach (var resource in lists.SelectMany(name => limit.Object(name)?.Select(pair => pair.Key) ?? []).Distinct())
        {
            LimitAmounts.Check(findings, limit, type, resource, path);
        }
    }

    private static void Names(Findings findings, JsonObject limit, string type, string list, string path)
    {
        foreach (var (name, _) in limit.Object(list) ?? [])
        {
            if (type is "Pod" or "Container")
            {
                ResourceRules.ContainerName(findings, name, $"{path}.{list}[{name}]");
            }
            else
            {
                ResourceRules.Name(findings, name, $"{path}.{list}[{name}]");
            }
        }
    }
}
