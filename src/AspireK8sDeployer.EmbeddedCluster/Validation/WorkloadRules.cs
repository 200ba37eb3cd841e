using System.Globalization;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>Deployments and ReplicaSets, and what the kinds that make pods have in common.</summary>
internal static class WorkloadRules
{
    public static void Deployment(Findings findings, JsonObject obj)
    {
        MetadataRules.Check(findings, obj, namespaced: true, NameRules.Subdomain);
        DeploymentSpec(findings, obj.ObjectOrNew("spec"));
    }

    public static void DeploymentUpdate(Findings findings, JsonObject obj, JsonObject old)
    {
        MetadataRules.CheckUpdate(findings, obj, old);
        DeploymentSpec(findings, obj.ObjectOrNew("spec"));
        MetadataRules.Unchanged(findings, "spec.selector", obj["spec"]?["selector"], old["spec"]?["selector"]);
    }

    public static void ReplicaSet(Findings findings, JsonObject obj)
    {
        MetadataRules.Check(findings, obj, namespaced: true, NameRules.Subdomain);
        ReplicaSetSpec(findings, obj.ObjectOrNew("spec"));
    }

    public static void ReplicaSetUpdate(Findings findings, JsonObject obj, JsonObject old)
    {
        MetadataRules.CheckUpdate(findings, obj, old);
        ReplicaSetSpec(findings, obj.ObjectOrNew("spec"));
        MetadataRules.Unchanged(findings, "spec.selector", obj["spec"]?["selector"], old["spec"]?["selector"]);
    }

    /// <summary>The selector; false when it is unusable, so that the template cannot be compared with it.</summary>
    public static bool Selector(Findings findings, JsonObject spec, string kind, string problem)
    {
        if (spec.Object("selector") is not { } selector)
        {
            findings.Required("spec.selector");
            return true;
        }

        SelectorRules.Check(findings, selector, "spec.selector");
        if (SelectorRules.IsEmpty(selector))
        {
            findings.Invalid("spec.selector", selector, $"empty selector is invalid for {kind}");
        }

        if (SelectorRules.IsValid(selector))
        {
            return true;
        }

        findings.Invalid("spec.selector", selector, problem);
        return false;
    }

    /// <summary>Reports a template whose pods the workload would not find.</summary>
    public static void MatchTemplate(Findings findings, JsonObject spec, JsonObject template)
    {
        var labels = template.Object("metadata")?.Object("labels");
        var selector = spec.Object("selector");
        if (selector is null || (!SelectorRules.IsEmpty(selector) && !SelectorRules.Matches(selector, labels)))
        {
            findings.Invalid("spec.template.metadata.labels", labels, "`selector` does not match template `labels`");
        }
    }

    /// <summary>A count or a share.</summary>
    public static void CountOrPercent(Findings findings, JsonNode? value, string field)
    {
        if (value.AsText() is { } text)
        {
            findings.Invalid(field, text, NameRules.Percent(text));
        }
        else
        {
            findings.NonNegative(field, value.AsNumber());
        }
    }

    public static void AtMostAll(Findings findings, JsonNode? value, string field)
    {
        if (value.AsText() is { } text && !NameRules.Percent(text).Any() && Number(value) > 100)
        {
            findings.Invalid(field, text, "must not be greater than 100%");
        }
    }

    private static void DeploymentSpec(Findings findings, JsonObject spec)
    {
        findings.NonNegative("spec.replicas", spec.NumberOf("replicas"));
        if (Selector(findings, spec, "deployment", "invalid label selector"))
        {
            Template(findings, spec);
        }

        Strategy(findings, spec.ObjectOrNew("strategy"));
        var ready = spec.NumberOf("minReadySeconds") ?? 0;
        findings.NonNegative("spec.minReadySeconds", ready);
        findings.NonNegative("spec.revisionHistoryLimit", spec.NumberOf("revisionHistoryLimit"));
        if (spec.NumberOf("progressDeadlineSeconds") is { } deadline)
        {
            findings.NonNegative("spec.progressDeadlineSeconds", deadline);
            if (deadline <= ready)
            {
                findings.Invalid("spec.progressDeadlineSeconds", deadline, "must be greater than minReadySeconds");
            }
        }
    }

    private static void ReplicaSetSpec(Findings findings, JsonObject spec)
    {
        findings.NonNegative("spec.replicas", spec.NumberOf("replicas"));
        findings.NonNegative("spec.minReadySeconds", spec.NumberOf("minReadySeconds"));

        // The server says deployment here, too.
        if (Selector(findings, spec, "deployment", "invalid label selector"))
        {
            Template(findings, spec);
        }
    }

    private static void Template(Findings findings, JsonObject spec)
    {
        var template = spec.ObjectOrNew("template");
        MatchTemplate(findings, spec, template);
        PodRules.Template(findings, template, "spec.template");
        var pod = template.ObjectOrNew("spec");
        if (pod.TextOf("restartPolicy") != "Always")
        {
            findings.NotSupported("spec.template.spec.restartPolicy", pod.TextOf("restartPolicy"), "Always");
        }

        if (pod.Has("activeDeadlineSeconds"))
        {
            findings.Forbidden("spec.template.spec.activeDeadlineSeconds", "activeDeadlineSeconds in ReplicaSet is not Supported");
        }
    }

    private static void Strategy(Findings findings, JsonObject strategy)
    {
        var rolling = strategy.Object("rollingUpdate");
        switch (strategy.TextOf("type"))
        {
            case "Recreate":
                if (rolling is not null)
                {
                    findings.Forbidden("spec.strategy.rollingUpdate", "may not be specified when strategy `type` is 'Recreate'");
                }

                break;
            case "RollingUpdate":
                RollingUpdate(findings, rolling ?? []);
                break;
            default:
                var shown = new JsonObject { ["Type"] = strategy.TextOf("type"), ["RollingUpdate"] = Capitalized(rolling) };
                findings.NotSupported("spec.strategy", shown, "Recreate", "RollingUpdate");
                break;
        }
    }

    private static void RollingUpdate(Findings findings, JsonObject rolling)
    {
        const string Field = "spec.strategy.rollingUpdate.";
        var unavailable = rolling["maxUnavailable"];
        var surge = rolling["maxSurge"];
        CountOrPercent(findings, unavailable, Field + "maxUnavailable");
        CountOrPercent(findings, surge, Field + "maxSurge");
        if (Number(unavailable) == 0 && Number(surge) == 0)
        {
            findings.Invalid(Field + "maxUnavailable", unavailable, "may not be 0 when `maxSurge` is 0");
        }

        AtMostAll(findings, unavailable, Field + "maxUnavailable");
    }

    private static JsonObject? Capitalized(JsonObject? rolling) => rolling is null ? null : new JsonObject
    {
        ["MaxUnavailable"] = rolling["maxUnavailable"]?.DeepClone(),
        ["MaxSurge"] = rolling["maxSurge"]?.DeepClone(),
    };

    /// <summary>The number, also of a percentage; what is neither counts as 0.</summary>
    private static long Number(JsonNode? value) => value.AsText() is { } text
        ? !NameRules.Percent(text).Any() && long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var percent)
            ? percent
            : 0
        : value.AsNumber() ?? 0;
}
