using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>Kinds with few rules of their own.</summary>
internal static class SmallRules
{
    public static void Namespace(Findings findings, JsonObject obj)
    {
        MetadataRules.Check(findings, obj, namespaced: false, NameRules.Label);
        foreach (var finalizer in obj.ObjectOrNew("spec").TextsOf("finalizers"))
        {
            findings.Invalid("spec.finalizers", finalizer, NameRules.Qualified(finalizer));
        }

        PodSecurityRules.Labels(findings, obj);
    }

    public static void NamespaceUpdate(Findings findings, JsonObject obj, JsonObject old)
    {
        MetadataRules.CheckUpdate(findings, obj, old);
        var before = new Findings();
        PodSecurityRules.Labels(before, old);
        if (before.Count == 0)
        {
            PodSecurityRules.Labels(findings, obj);
        }
    }

    public static void ServiceAccount(Findings findings, JsonObject obj) =>
        MetadataRules.Check(findings, obj, namespaced: true, NameRules.Subdomain);

    public static void ServiceAccountUpdate(Findings findings, JsonObject obj, JsonObject old)
    {
        MetadataRules.CheckUpdate(findings, obj, old);
        ServiceAccount(findings, obj);
    }

    public static void Lease(Findings findings, JsonObject obj)
    {
        MetadataRules.Check(findings, obj, namespaced: true, NameRules.Subdomain);
        LeaseSpec(findings, obj.ObjectOrNew("spec"));
    }

    public static void LeaseUpdate(Findings findings, JsonObject obj, JsonObject old)
    {
        MetadataRules.CheckUpdate(findings, obj, old);
        LeaseSpec(findings, obj.ObjectOrNew("spec"));
    }

    public static void DisruptionBudget(Findings findings, JsonObject obj)
    {
        var spec = obj.ObjectOrNew("spec");
        if (spec.Has("minAvailable") && spec.Has("maxUnavailable"))
        {
            var shown = new JsonObject
            {
                ["MinAvailable"] = spec["minAvailable"]?.DeepClone(),
                ["Selector"] = spec["selector"]?.DeepClone(),
                ["MaxUnavailable"] = spec["maxUnavailable"]?.DeepClone(),
                ["UnhealthyPodEvictionPolicy"] = spec["unhealthyPodEvictionPolicy"]?.DeepClone(),
            };
            findings.Invalid("spec", shown, "minAvailable and maxUnavailable cannot be both set");
        }

        foreach (var name in (string[])["minAvailable", "maxUnavailable"])
        {
            if (spec[name] is { } value)
            {
                WorkloadRules.CountOrPercent(findings, value, $"spec.{name}");
                WorkloadRules.AtMostAll(findings, value, $"spec.{name}");
            }
        }

        SelectorRules.Check(findings, spec.Object("selector"), "spec.selector");
        if (spec["unhealthyPodEvictionPolicy"].AsText() is { } policy and not ("AlwaysAllow" or "IfHealthyBudget"))
        {
            findings.NotSupported("spec.unhealthyPodEvictionPolicy", policy, "AlwaysAllow", "IfHealthyBudget");
        }
    }

    public static void DisruptionBudgetUpdate(Findings findings, JsonObject obj, JsonObject old) => DisruptionBudget(findings, obj);

    public static void PriorityClass(Findings findings, JsonObject obj)
    {
        MetadataRules.Check(findings, obj, namespaced: false, NameRules.Subdomain);
        var name = obj.ObjectOrNew("metadata").TextOf("name");
        var value = obj.NumberOf("value") ?? 0;
        if (name.StartsWith("system-", StringComparison.Ordinal))
        {
            if (name is not ("system-node-critical" or "system-cluster-critical"))
            {
                findings.Forbidden(
                    "metadata.name",
                    "priority class names with 'system-' prefix are reserved for system use only. error: "
                    + $"{name} is not a known system priority class");
            }
        }
        else if (value > 1_000_000_000)
        {
            findings.Forbidden("value", "maximum allowed value of a user defined priority is 1000000000");
        }

        if (obj["preemptionPolicy"].AsText() is { } policy and not ("PreemptLowerPriority" or "Never"))
        {
            findings.NotSupported("preemptionPolicy", policy, "PreemptLowerPriority", "Never");
        }
    }

    public static void PriorityClassUpdate(Findings findings, JsonObject obj, JsonObject old)
    {
        MetadataRules.CheckUpdate(findings, obj, old);
        if (!JsonValues.Same(obj["value"], old["value"]))
        {
            findings.Forbidden("value", "may not be changed in an update.");
        }

        MetadataRules.Unchanged(findings, "preemptionPolicy", obj["preemptionPolicy"], old["preemptionPolicy"]);
    }

    private static void LeaseSpec(Findings findings, JsonObject spec)
    {
        if (spec.NumberOf("leaseDurationSeconds") is { } duration and <= 0)
        {
            findings.Invalid("spec.leaseDurationSeconds", duration, "must be greater than 0");
        }

        findings.NonNegative("spec.leaseTransitions", spec.NumberOf("leaseTransitions"));
        if (spec["strategy"].AsText() is { } strategy)
        {
            LeaseStrategy(findings, strategy);
        }

        if (spec.TextOf("preferredHolder").Length > 0 && spec.TextOf("strategy").Length == 0)
        {
            findings.Forbidden("spec.preferredHolder", "may only be specified if `strategy` is defined");
        }
    }

    private static void LeaseStrategy(Findings findings, string strategy)
    {
        if (strategy.Contains('/', StringComparison.Ordinal))
        {
            findings.Invalid("spec.strategy", strategy, NameRules.Qualified(strategy));
        }
        else if (strategy != "OldestEmulationVersion")
        {
            findings.NotSupported("spec.strategy", strategy, "OldestEmulationVersion");
        }
    }
}
