using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>What pods may be, as pods and as templates.</summary>
internal static class PodRules
{
    /// <summary>Checks the template of a workload; <paramref name="field"/> is where it stands.</summary>
    public static void Template(Findings findings, JsonObject template, string field)
    {
        var metadata = template.Object("metadata");
        MetadataRules.Labels(findings, metadata?.Object("labels"), $"{field}.labels");
        MetadataRules.Annotations(findings, metadata?.Object("annotations"), $"{field}.annotations");
        Annotations(findings, metadata?.Object("annotations"), template.Object("spec") ?? [], $"{field}.annotations");
        var spec = template.Object("spec") ?? [];
        Spec(findings, spec, $"{field}.spec", podName: null);
        if (spec.Objects("ephemeralContainers").Any())
        {
            findings.Forbidden($"{field}.spec.ephemeralContainers", "ephemeral containers not allowed in pod template");
        }
    }

    public static void Pod(Findings findings, JsonObject obj)
    {
        MetadataRules.Check(findings, obj, namespaced: true, NameRules.Subdomain);
        var spec = obj.ObjectOrNew("spec");
        var metadata = obj.ObjectOrNew("metadata");
        Annotations(findings, metadata.Object("annotations"), spec, "metadata.annotations");
        Spec(findings, spec, "spec", metadata.TextOf("name"));
        foreach (var list in (string[])["containers", "initContainers"])
        {
            var index = 0;
            foreach (var container in spec.Objects(list))
            {
                var image = container.TextOf("image");
                if (image.Trim().Length != image.Length)
                {
                    findings.Invalid($"spec.{list}[{index}].image", image, "must not have leading or trailing whitespace");
                }

                index++;
            }
        }
    }

    public static void PodCreate(Findings findings, JsonObject obj)
    {
        Pod(findings, obj);
        var spec = obj.ObjectOrNew("spec");
        if (spec.Objects("ephemeralContainers").Any())
        {
            findings.Forbidden("spec.ephemeralContainers", "cannot be set on create");
        }

        if (spec.TextOf("nodeName").Length > 0 && spec.Objects("schedulingGates").Any())
        {
            findings.Forbidden("spec.nodeName", "cannot be set until all schedulingGates have been cleared");
        }
    }

    public static void Spec(Findings findings, JsonObject spec, string field, string? podName)
    {
        if (!spec.Has("terminationGracePeriodSeconds"))
        {
            findings.Required($"{field}.terminationGracePeriodSeconds");
        }

        var volumes = VolumeRules.Check(findings, spec, $"{field}.volumes", podName);
        PodContainerRules.Check(findings, spec, field, volumes);
        HostNetworkPorts(findings, spec, $"{field}.containers", isPod: podName is not null);
        Choices(findings, spec, field);
        SecurityRules.Pod(findings, spec, field);
        PullSecrets(findings, spec, $"{field}.imagePullSecrets");
        SchedulingRules.Affinity(findings, spec.Object("affinity"), $"{field}.affinity");
        PodNetworkRules.Dns(findings, spec, $"{field}.dnsConfig");
        SchedulingRules.Gates(findings, spec, field);
        SchedulingRules.TopologySpread(findings, spec, $"{field}.topologySpreadConstraints");
        Names(findings, spec, field);
        if (spec.NumberOf("activeDeadlineSeconds") is { } deadline and (< 1 or > int.MaxValue))
        {
            findings.Invalid($"{field}.activeDeadlineSeconds", deadline, $"must be between 1 and {int.MaxValue}, inclusive");
        }

        PodNetworkRules.HostNames(findings, spec, field);
        SchedulingRules.Tolerations(findings, spec, $"{field}.tolerations");
        PodNetworkRules.HostAliases(findings, spec, $"{field}.hostAliases");
        LastChoices(findings, spec, field);
    }

    private static void Choices(Findings findings, JsonObject spec, string field)
    {
        OneOf(findings, spec, "restartPolicy", field, "Always", "OnFailure", "Never");
        OneOf(findings, spec, "dnsPolicy", field, "ClusterFirstWithHostNet", "ClusterFirst", "Default", "None");
        MetadataRules.Labels(findings, spec.Object("nodeSelector"), $"{field}.nodeSelector");
    }

    private static void LastChoices(Findings findings, JsonObject spec, string field)
    {
        if (spec.TextOf("priorityClassName") is { Length: > 0 } priority)
        {
            findings.Invalid($"{field}.priorityClassName", priority, NameRules.Subdomain(priority));
        }

        if (spec["runtimeClassName"].AsText() is { } runtime)
        {
            findings.Invalid($"{field}.runtimeClassName", runtime, NameRules.Subdomain(runtime));
        }

        if (spec.Has("preemptionPolicy"))
        {
            OneOf(findings, spec, "preemptionPolicy", field, "PreemptLowerPriority", "Never");
        }

        if (spec.Object("os") is { } os)
        {
            var name = os.TextOf("name");
            if (name.Length == 0)
            {
                findings.Required($"{field}.os.name");
            }
            else if (name is not ("linux" or "windows"))
            {
                findings.NotSupported($"{field}.os", name, "linux", "windows");
            }
        }
    }

    private static void Names(Findings findings, JsonObject spec, string field)
    {
        foreach (var name in (string[])["serviceAccountName", "nodeName"])
        {
            if (spec.TextOf(name) is { Length: > 0 } value)
            {
                findings.Invalid($"{field}.{name}", value, NameRules.Subdomain(value));
            }
        }
    }

    private static void OneOf(Findings findings, JsonObject spec, string name, string field, params string[] supported)
    {
        var value = spec.TextOf(name);
        if (value.Length == 0)
        {
            findings.Required($"{field}.{name}");
        }
        else if (!supported.Contains(value))
        {
            findings.NotSupported($"{field}.{name}", value, supported);
        }
    }

    private static void PullSecrets(Findings findings, JsonObject spec, string field)
    {
        var index = 0;
        foreach (var secret in spec.Objects("imagePullSecrets"))
        {
            if (secret.Any(pair => pair.Key != "name"))
            {
                findings.Invalid($"{field}[{index}]", secret, "only name may be set");
            }

            index++;
        }
    }

    private static void HostNetworkPorts(Findings findings, JsonObject spec, string field, bool isPod)
    {
        if (!spec.Flag("hostNetwork"))
        {
            return;
        }

        var container = 0;
        foreach (var ports in spec.Objects("containers").Select(one => one.Objects("ports")))
        {
            var port = 0;
            foreach (var one in ports)
            {
                var host = one.NumberOf("hostPort") ?? 0;
                if ((isPod || host != 0) && host != (one.NumberOf("containerPort") ?? 0))
                {
                    findings.Invalid($"{field}[{container}].ports[{port}].hostPort", host, "must match `containerPort` when `hostNetwork` is true");
                }

                port++;
            }

            container++;
        }
    }

    private static void Annotations(Findings findings, JsonObject? annotations, JsonObject spec, string field)
    {
        const string Mirror = "kubernetes.io/config.mirror";
        const string Cost = "controller.kubernetes.io/pod-deletion-cost";
        if (annotations?[Mirror].AsText() is { } mirror && spec.TextOf("nodeName").Length == 0)
        {
            findings.Invalid($"{field}[{Mirror}]", mirror, "must set spec.nodeName if mirror pod annotation is set");
        }

        if (annotations?[Cost].AsText() is { } cost && (!int.TryParse(cost, out _) || cost.StartsWith('+') || cost is ['0', _, ..]))
        {
            findings.Invalid($"{field}[{Cost}]", cost, "must be a 32bit integer");
        }
    }
}
