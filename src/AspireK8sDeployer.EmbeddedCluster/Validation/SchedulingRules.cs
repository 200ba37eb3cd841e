using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>Where a pod may run.</summary>
internal static class SchedulingRules
{
    private const string Required = "requiredDuringSchedulingIgnoredDuringExecution";
    private const string Preferred = "preferredDuringSchedulingIgnoredDuringExecution";

    public static void Affinity(Findings findings, JsonObject? affinity, string field)
    {
        if (affinity?.Object("nodeAffinity") is { } node)
        {
            NodeAffinity(findings, node, $"{field}.nodeAffinity");
        }

        foreach (var kind in (string[])["podAffinity", "podAntiAffinity"])
        {
            if (affinity?.Object(kind) is { } pod)
            {
                PodAffinity(findings, pod, $"{field}.{kind}");
            }
        }
    }

    public static void Gates(Findings findings, JsonObject spec, string field)
    {
        var index = 0;
        foreach (var gate in spec.Objects("readinessGates"))
        {
            var type = gate.TextOf("conditionType");
            findings.Invalid($"{field}.readinessGates[{index++}].conditionType", type, NameRules.Qualified(type));
        }

        index = 0;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var gate in spec.Objects("schedulingGates"))
        {
            var name = gate.TextOf("name");
            var path = $"{field}.schedulingGates[{index++}]";
            findings.Invalid(path, name, NameRules.Qualified(name));
            if (!seen.Add(name))
            {
                findings.Duplicate(path, name);
            }
        }
    }

    public static void TopologySpread(Findings findings, JsonObject spec, string field)
    {
        var constraints = spec.Objects("topologySpreadConstraints").ToList();
        for (var i = 0; i < constraints.Count; i++)
        {
            var one = constraints[i];
            var path = $"{field}[{i}]";
            var skew = one.NumberOf("maxSkew") ?? 0;
            if (skew <= 0)
            {
                findings.Invalid($"{path}.maxSkew", skew, "must be greater than zero");
            }

            var key = one.TextOf("topologyKey");
            if (key.Length == 0)
            {
                findings.Required($"{path}.topologyKey", "can not be empty");
            }

            var action = one.TextOf("whenUnsatisfiable");
            if (action is not ("DoNotSchedule" or "ScheduleAnyway"))
            {
                findings.NotSupported($"{path}.whenUnsatisfiable", action, "DoNotSchedule", "ScheduleAnyway");
            }

            if (constraints.Skip(i + 1).Any(other => other.TextOf("topologyKey") == key && other.TextOf("whenUnsatisfiable") == action))
            {
                findings.Duplicate($"{path}.{{topologyKey, whenUnsatisfiable}}", $"{{{key}, {action}}}");
            }

            SpreadDetails(findings, one, action, path);
        }
    }

    public static void Tolerations(Findings findings, JsonObject spec, string field)
    {
        var index = 0;
        foreach (var toleration in spec.Objects("tolerations"))
        {
            var path = $"{field}[{index++}]";
            var key = toleration.TextOf("key");
            var operation = toleration.TextOf("operator");
            var effect = toleration.TextOf("effect");
            if (key.Length > 0)
            {
                findings.Invalid($"{path}.key", key, NameRules.Qualified(key));
            }
            else if (operation != "Exists")
            {
                findings.Invalid(
                    $"{path}.operator", operation, "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
            }

            if (toleration.Has("tolerationSeconds") && effect != "NoExecute")
            {
                findings.Invalid($"{path}.effect", effect, "effect must be 'NoExecute' when `tolerationSeconds` is set");
            }

            TolerationValue(findings, toleration.TextOf("value"), operation, path);
            if (effect is not ("" or "NoSchedule" or "PreferNoSchedule" or "NoExecute"))
            {
                findings.NotSupported($"{path}.effect", effect, "NoSchedule", "PreferNoSchedule", "NoExecute");
            }
        }
    }

    private static void SpreadDetails(Findings findings, JsonObject constraint, string action, string path)
    {
        if (constraint.NumberOf("minDomains") is { } domains)
        {
            if (domains <= 0)
            {
                findings.Invalid($"{path}.minDomains", domains, "must be greater than zero");
            }

            if (action != "DoNotSchedule")
            {
                findings.Invalid($"{path}.minDomains", domains, $"can only use minDomains if whenUnsatisfiable=DoNotSchedule, not {action}");
            }
        }

        foreach (var name in (string[])["nodeAffinityPolicy", "nodeTaintsPolicy"])
        {
            if (constraint[name].AsText() is { } policy and not ("Honor" or "Ignore"))
            {
                findings.NotSupported($"{path}.{name}", policy, "Honor", "Ignore");
            }
        }

        if (constraint.Array("matchLabelKeys") is { Count: > 0 } && !constraint.Has("labelSelector"))
        {
            findings.Forbidden($"{path}.matchLabelKeys", "must not be specified when labelSelector is not set");
        }

        SelectorRules.Check(findings, constraint.Object("labelSelector"), $"{path}.labelSelector");
    }

    private static void TolerationValue(Findings findings, string value, string operation, string path)
    {
        switch (operation)
        {
            case "" or "Equal":
                var problems = NameRules.LabelValue(value).ToList();
                if (problems.Count > 0)
                {
                    findings.Invalid($"{path}.operator", value, string.Join(';', problems));
                }

                break;
            case "Exists":
                if (value.Length > 0)
                {
                    findings.Invalid($"{path}.operator", value, "value must be empty when `operator` is 'Exists'");
                }

                break;
            case "Lt" or "Gt":
                findings.NotSupported($"{path}.operator", operation, "Equal", "Exists", "Lt", "Gt");
                break;
            default:
                findings.NotSupported($"{path}.operator", operation, "Equal", "Exists");
                break;
        }
    }

    private static void NodeAffinity(Findings findings, JsonObject affinity, string field)
    {
        if (affinity.Object(Required) is { } required)
        {
            var terms = required.Objects("nodeSelectorTerms").ToList();
            if (terms.Count == 0)
            {
                findings.Required($"{field}.{Required}.nodeSelectorTerms", "must have at least one node selector term");
            }

            for (var i = 0; i < terms.Count; i++)
            {
                NodeTerm(findings, terms[i], $"{field}.{Required}.nodeSelectorTerms[{i}]", checksValues: true);
            }
        }

        var index = 0;
        foreach (var preferred in affinity.Objects(Preferred))
        {
            var path = $"{field}.{Preferred}[{index++}]";
            Weight(findings, preferred, path);
            NodeTerm(findings, preferred.ObjectOrNew("preference"), $"{path}.preference", checksValues: false);
        }
    }

    private static void NodeTerm(Findings findings, JsonObject term, string field, bool checksValues)
    {
        var index = 0;
        foreach (var expression in term.Objects("matchExpressions"))
        {
            var path = $"{field}.matchExpressions[{index++}]";
            var values = expression.TextsOf("values").ToList();
            NodeOperator(findings, expression.TextOf("operator"), values.Count, path);
            findings.Invalid($"{path}.key", expression.TextOf("key"), NameRules.Qualified(expression.TextOf("key")));
            for (var i = 0; checksValues && i < values.Count; i++)
            {
                findings.Invalid($"{path}.values[{i}]", values[i], NameRules.LabelValue(values[i]));
            }
        }
    }

    private static void NodeOperator(Findings findings, string operation, int values, string path)
    {
        switch (operation)
        {
            case "In" or "NotIn":
                if (values == 0)
                {
                    findings.Required($"{path}.values", "must be specified when `operator` is 'In' or 'NotIn'");
                }

                break;
            case "Exists" or "DoesNotExist":
                if (values > 0)
                {
                    findings.Forbidden($"{path}.values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                }

                break;
            case "Gt" or "Lt":
                if (values != 1)
                {
                    findings.Required($"{path}.values", "must be specified single value when `operator` is 'Lt' or 'Gt'");
                }

                break;
            default:
                findings.Invalid($"{path}.operator", operation, "not a valid selector operator");
                break;
        }
    }

    private static void PodAffinity(Findings findings, JsonObject affinity, string field)
    {
        var index = 0;
        foreach (var term in affinity.Objects(Required))
        {
            PodTerm(findings, term, $"{field}.{Required}[{index++}]");
        }

        index = 0;
        foreach (var weighted in affinity.Objects(Preferred))
        {
            var path = $"{field}.{Preferred}[{index++}]";
            Weight(findings, weighted, path);
            PodTerm(findings, weighted.ObjectOrNew("podAffinityTerm"), $"{path}.podAffinityTerm");
        }
    }

    private static void PodTerm(Findings findings, JsonObject term, string field)
    {
        SelectorRules.Check(findings, term.Object("labelSelector"), $"{field}.labelSelector");
        SelectorRules.Check(findings, term.Object("namespaceSelector"), $"{field}.namespaceSelector");
        foreach (var name in term.TextsOf("namespaces"))
        {
            findings.Invalid($"{field}.namespace", name, NameRules.Label(name));
        }

        var key = term.TextOf("topologyKey");
        if (key.Length == 0)
        {
            findings.Required($"{field}.topologyKey", "can not be empty");
        }

        findings.Invalid($"{field}.topologyKey", key, NameRules.Qualified(key));
    }

    private static void Weight(Findings findings, JsonObject weighted, string path)
    {
        if (weighted.NumberOf("weight") is null or <= 0 or > 100)
        {
            findings.Invalid($"{path}.weight", weighted.NumberOf("weight") ?? 0, "must be in the range 1-100");
        }
    }
}
