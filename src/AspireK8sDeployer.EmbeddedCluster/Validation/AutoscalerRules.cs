using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>HorizontalPodAutoscalers.</summary>
internal static class AutoscalerRules
{
    private const int MostWindowSeconds = 3600;
    private const int MostPeriodSeconds = 1800;
    private const string OnlyThis = "must populate the given metric source only";

    private static readonly string[] MetricTypes = ["ContainerResource", "External", "Object", "Pods", "Resource"];
    private static readonly string[] Sources = ["object", "external", "pods", "resource", "containerResource"];

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
        var min = spec.NumberOf("minReplicas");
        var max = spec.NumberOf("maxReplicas") ?? 0;
        if (min < 1)
        {
            findings.Invalid("spec.minReplicas", min.Value, "must be greater than or equal to 1");
        }

        if (max == 0)
        {
            findings.Required("spec.maxReplicas", "must be set and greater than 0");
        }
        else if (max < 0)
        {
            findings.Invalid("spec.maxReplicas", max, "must be greater than or equal to 1");
        }

        if (max < min)
        {
            findings.Invalid("spec.maxReplicas", max, "must be greater than or equal to `minReplicas`");
        }

        Reference(findings, spec.ObjectOrNew("scaleTargetRef"), "spec.scaleTargetRef");
        Metrics(findings, spec, min);
        foreach (var direction in (string[])["scaleUp", "scaleDown"])
        {
            if (spec.Object("behavior")?.Object(direction) is { } rules)
            {
                ScalingRules(findings, rules, $"spec.behavior.{direction}");
            }
        }
    }

    private static void Reference(Findings findings, JsonObject reference, string field)
    {
        ReferenceRules.KindAndName(findings, reference, field);

        var version = reference.TextOf("apiVersion");
        var slashes = version.Count(letter => letter == '/');
        if (slashes > 1)
        {
            findings.Invalid($"{field}.apiVersion", version, $"unexpected GroupVersion string: {version}");
        }
        else if ((slashes == 0 || version.StartsWith('/')) && !(version == "v1" && reference.TextOf("kind") == "ReplicationController"))
        {
            findings.Invalid($"{field}.apiVersion", version, "apiVersion must specify API group");
        }
    }

    private static void Metrics(Findings findings, JsonObject spec, long? min)
    {
        var types = new HashSet<string>(StringComparer.Ordinal);
        var index = 0;
        foreach (var metric in spec.Objects("metrics"))
        {
            Metric(findings, metric, $"spec.metrics[{index++}]");
            types.Add(metric.TextOf("type"));
        }

        if (min == 0 && !types.Contains("Object") && !types.Contains("External"))
        {
            findings.Forbidden("spec.metrics", "must specify at least one Object or External metric to support scaling to zero replicas");
        }
    }

    private static void Metric(Findings findings, JsonObject metric, string field)
    {
        var type = metric.TextOf("type");
        if (type.Length == 0)
        {
            findings.Required($"{field}.type", "must specify a metric source type");
        }

        if (!MetricTypes.Contains(type))
        {
            findings.NotSupported($"{field}.type", type, MetricTypes);
        }

        var present = Sources.Where(metric.Has).ToList();
        if (present.Count > 0)
        {
            Source(findings, present[0], metric.ObjectOrNew(present[0]), $"{field}.{present[0]}");
        }

        if (!MetricTypes.Contains(type))
        {
            // Once more: the server looks at the type in two places.
            findings.NotSupported($"{field}.type", type, MetricTypes);
        }

        var expected = type.Length == 0 ? "" : char.ToLowerInvariant(type[0]) + type[1..];
        if (MetricTypes.Contains(type) && !metric.Has(expected))
        {
            findings.Required($"{field}.{expected}", "must populate information for the given metric source");
        }

        if (present.Count != 1)
        {
            foreach (var other in present.Where(source => source != expected))
            {
                findings.Forbidden($"{field}.{other}", OnlyThis);
            }
        }
    }

    private static void Source(Findings findings, string kind, JsonObject source, string field)
    {
        switch (kind)
        {
            case "object":
                Reference(findings, source.ObjectOrNew("describedObject"), $"{field}.describedObject");
                Identifier(findings, source, field);
                break;
            case "external" or "pods":
                Identifier(findings, source, field);
                break;
            default:
                ResourceName(findings, kind, source, field);
                break;
        }

        var target = source.ObjectOrNew("target");
        Target(findings, target, $"{field}.target");
        TargetValues(findings, kind, target, $"{field}.target");
    }

    private static void ResourceName(Findings findings, string kind, JsonObject source, string field)
    {
        var name = source.TextOf("name");
        if (name.Length == 0)
        {
            findings.Required($"{field}.name", "must specify a resource name");
        }
        else if (kind == "containerResource")
        {
            ResourceRules.ContainerName(findings, name, $"{field}.name");
        }

        if (kind != "containerResource")
        {
            return;
        }

        var container = source.TextOf("container");
        if (container.Length == 0)
        {
            findings.Required($"{field}.container", "must specify a container");
        }
        else
        {
            findings.Invalid($"{field}.container", container, NameRules.Label(container));
        }
    }

    private static void Identifier(Findings findings, JsonObject source, string field)
    {
        var name = source.ObjectOrNew("metric").TextOf("name");
        if (name.Length == 0)
        {
            findings.Required($"{field}.metric.name", "must specify a metric name");
        }
        else
        {
            findings.Invalid($"{field}.metric.name", name, NameRules.PathSegment(name));
        }
    }

    private static void Target(Findings findings, JsonObject target, string field)
    {
        var type = target.TextOf("type");
        if (type.Length == 0)
        {
            findings.Required($"{field}.type", "must specify a metric target type");
        }

        if (type is not ("Utilization" or "Value" or "AverageValue"))
        {
            findings.Invalid($"{field}.type", type, "must be either Utilization, Value, or AverageValue");
        }

        foreach (var name in (string[])["value", "averageValue"])
        {
            if (Quantity.TryParse(target.TextOf(name), out var value) && value.Sign <= 0)
            {
                findings.Invalid($"{field}.{name}", value.ToString(), "must be positive");
            }
        }

        if (target.NumberOf("averageUtilization") is { } utilization and < 1)
        {
            findings.Invalid($"{field}.averageUtilization", utilization, "must be greater than 0");
        }
    }

    private static void TargetValues(Findings findings, string kind, JsonObject target, string field)
    {
        var value = target.Has("value");
        var average = target.Has("averageValue");
        var utilization = target.Has("averageUtilization");
        switch (kind)
        {
            case "object" when !value && !average:
                findings.Required($"{field}.averageValue", "must set either a target value or averageValue");
                break;
            case "external" when !value && !average:
                findings.Required($"{field}.averageValue", "must set either a target value for metric or a per-pod target");
                break;
            case "external" when value && average:
                findings.Forbidden($"{field}.value", "may not set both a target value for metric and a per-pod target");
                break;
            case "pods" when !average:
                findings.Required($"{field}.averageValue", "must specify a positive target averageValue");
                break;
            case "resource" or "containerResource" when !utilization && !average:
                findings.Required($"{field}.averageUtilization", "must set either a target raw value or a target utilization");
                break;
            case "resource" or "containerResource" when utilization && average:
                findings.Forbidden($"{field}.averageValue", "may not set both a target raw value and a target utilization");
                break;
        }
    }

    private static void ScalingRules(Findings findings, JsonObject rules, string field)
    {
        var window = rules.NumberOf("stabilizationWindowSeconds");
        if (window < 0)
        {
            findings.Invalid($"{field}.stabilizationWindowSeconds", window.Value, "must be greater than or equal to zero");
        }

        if (window > MostWindowSeconds)
        {
            findings.Invalid($"{field}.stabilizationWindowSeconds", window.Value, $"must be less than or equal to {MostWindowSeconds}");
        }

        if (rules["selectPolicy"].AsText() is { } select and not ("Disabled" or "Max" or "Min"))
        {
            findings.NotSupported($"{field}.selectPolicy", select, "Disabled", "Max", "Min");
        }

        var policies = rules.Objects("policies").ToList();
        if (policies.Count == 0)
        {
            findings.Required($"{field}.policies", "must specify at least one Policy");
        }

        for (var i = 0; i < policies.Count; i++)
        {
            Policy(findings, policies[i], $"{field}.policies[{i}]");
        }

        if (Quantity.TryParse(rules.TextOf("tolerance"), out var tolerance) && tolerance.Sign < 0)
        {
            findings.Invalid($"{field}.tolerance", tolerance.ToString(), "must be greater than or equal to 0");
        }
    }

    private static void Policy(Findings findings, JsonObject policy, string field)
    {
        if (policy.TextOf("type") is var type and not ("Pods" or "Percent"))
        {
            findings.NotSupported($"{field}.type", type, "Percent", "Pods");
        }

        var value = policy.NumberOf("value") ?? 0;
        if (value <= 0)
        {
            findings.Invalid($"{field}.value", value, "must be greater than zero");
        }

        var period = policy.NumberOf("periodSeconds") ?? 0;
        if (period <= 0)
        {
            findings.Invalid($"{field}.periodSeconds", period, "must be greater than zero");
        }

        if (period > MostPeriodSeconds)
        {
            findings.Invalid($"{field}.periodSeconds", period, $"must be less than or equal to {MostPeriodSeconds}");
        }
    }
}
