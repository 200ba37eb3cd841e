using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>StatefulSets.</summary>
internal static class StatefulSetRules
{
    private static readonly string[] Changeable =
    [
        "replicas", "template", "updateStrategy", "minReadySeconds", "ordinals", "revisionHistoryLimit", "persistentVolumeClaimRetentionPolicy",
    ];

    public static void Create(Findings findings, JsonObject obj)
    {
        MetadataRules.Check(findings, obj, namespaced: true, NameRules.Label);
        Spec(findings, obj.ObjectOrNew("spec"), isUpdate: false);
    }

    public static void Update(Findings findings, JsonObject obj, JsonObject oldObj)
    {
        MetadataRules.CheckUpdate(findings, obj, oldObj);
        var spec = obj.ObjectOrNew("spec");
        var old = oldObj.ObjectOrNew("spec");
        Spec(findings, spec, isUpdate: true);
        var fixedFields = spec.Concat(old).Select(field => field.Key).Distinct().Except(Changeable);
        if (fixedFields.Any(name => !JsonValues.Same(spec[name], old[name])))
        {
            findings.Forbidden(
                "spec",
                "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', "
                + "'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden");
        }
    }

    private static void Spec(Findings findings, JsonObject spec, bool isUpdate)
    {
        if (spec.TextOf("podManagementPolicy") is var management and not ("OrderedReady" or "Parallel"))
        {
            findings.Invalid("spec.podManagementPolicy", management, "must be 'OrderedReady' or 'Parallel'");
        }

        Strategy(findings, spec.ObjectOrNew("updateStrategy"));
        Retention(findings, spec.Object("persistentVolumeClaimRetentionPolicy"));
        if (!isUpdate)
        {
            ClaimTemplates(findings, spec);
        }

        findings.NonNegative("spec.replicas", spec.NumberOf("replicas"));
        findings.NonNegative("spec.minReadySeconds", spec.NumberOf("minReadySeconds"));
        findings.NonNegative("spec.ordinals.start", spec.Object("ordinals")?.NumberOf("start"));
        if (!isUpdate && spec.TextOf("serviceName") is { Length: > 0 } service)
        {
            findings.Invalid("spec.serviceName", service, NameRules.Label(service));
        }

        if (WorkloadRules.Selector(findings, spec, "statefulset", ""))
        {
            Template(findings, spec);
        }

        var pod = spec.ObjectOrNew("template").ObjectOrNew("spec");
        if (pod.TextOf("restartPolicy") != "Always")
        {
            findings.NotSupported("spec.template.spec.restartPolicy", pod.TextOf("restartPolicy"), "Always");
        }

        if (pod.Has("activeDeadlineSeconds"))
        {
            findings.Forbidden("spec.template.spec.activeDeadlineSeconds", "activeDeadlineSeconds in StatefulSet is not Supported");
        }
    }

    private static void Template(Findings findings, JsonObject spec)
    {
        var template = (JsonObject)spec.ObjectOrNew("template").DeepClone();
        WorkloadRules.MatchTemplate(findings, spec, template);

        // The controller names the pods and adds a volume for each claim: mounts of those are right.
        var pod = template.ObjectOrNew("spec");
        pod.Remove("hostname");
        pod.Remove("subdomain");
        var claims = spec.Objects("volumeClaimTemplates").Select(claim => claim.Object("metadata")?.TextOf("name") ?? "").ToHashSet();
        if (claims.Count > 0)
        {
            var volumes = claims.Select(name => new JsonObject
            {
                ["name"] = name,
                ["persistentVolumeClaim"] = new JsonObject { ["claimName"] = name },
            });
            var others = pod.Objects("volumes").Where(volume => !claims.Contains(volume.TextOf("name"))).Select(volume => (JsonObject)volume.DeepClone());
            pod["volumes"] = new JsonArray([.. volumes.Concat(others)]);
        }

        PodRules.Template(findings, template, "spec.template");
        var metadata = template.Object("metadata");
        MetadataRules.Labels(findings, metadata?.Object("labels"), "spec.template.labels");
        MetadataRules.Annotations(findings, metadata?.Object("annotations"), "spec.template.annotations");
    }

    private static void Strategy(Findings findings, JsonObject strategy)
    {
        const string Field = "spec.updateStrategy";
        var rolling = strategy.Object("rollingUpdate");
        switch (strategy.TextOf("type"))
        {
            case "":
                findings.Required(Field);
                break;
            case "OnDelete":
                if (rolling is not null)
                {
                    findings.Invalid($"{Field}.rollingUpdate", Shown(rolling), "only allowed for updateStrategy 'RollingUpdate'");
                }

                break;
            case "RollingUpdate":
                findings.NonNegative($"{Field}.rollingUpdate.partition", rolling?.NumberOf("partition"));
                if (rolling?["maxUnavailable"] is { } unavailable)
                {
                    WorkloadRules.CountOrPercent(findings, unavailable, $"{Field}.rollingUpdate.maxUnavailable");
                    if (unavailable.AsNumber() == 0 || unavailable.AsText() == "0%")
                    {
                        findings.Invalid($"{Field}.rollingUpdate.maxUnavailable", unavailable, "cannot be 0");
                    }

                    WorkloadRules.AtMostAll(findings, unavailable, $"{Field}.rollingUpdate.maxUnavailable");
                }

                break;
            default:
                var shown = new JsonObject { ["Type"] = strategy.TextOf("type"), ["RollingUpdate"] = rolling is null ? null : Shown(rolling) };
                findings.Invalid(Field, shown, "must be 'RollingUpdate' or 'OnDelete'");
                break;
        }
    }

    private static JsonObject Shown(JsonObject rolling) => new()
    {
        ["Partition"] = rolling.NumberOf("partition") ?? 0,
        ["MaxUnavailable"] = rolling["maxUnavailable"]?.DeepClone(),
    };

    private static void Retention(Findings findings, JsonObject? policy)
    {
        foreach (var name in (string[])["whenDeleted", "whenScaled"])
        {
            if (policy is not null && policy.TextOf(name) is var value and not ("Retain" or "Delete"))
            {
                findings.NotSupported($"spec.persistentVolumeClaimRetentionPolicy.{name}", value, "Retain", "Delete");
            }
        }
    }

    private static void ClaimTemplates(Findings findings, JsonObject spec)
    {
        var index = 0;
        foreach (var claim in spec.Objects("volumeClaimTemplates"))
        {
            var path = $"spec.volumeClaimTemplates[{index++}]";
            var name = claim.Object("metadata")?.TextOf("name") ?? "";
            if (name.Length == 0)
            {
                findings.Required($"{path}.metadata.name");
            }
            else
            {
                findings.Invalid($"{path}.metadata.name", name, NameRules.Subdomain(name));
            }

            MetadataRules.Labels(findings, claim.Object("metadata")?.Object("labels"), $"{path}.metadata.labels");
            MetadataRules.Annotations(findings, claim.Object("metadata")?.Object("annotations"), $"{path}.metadata.annotations");
            ClaimRules.Spec(findings, claim.ObjectOrNew("spec"), $"{path}.spec");
        }
    }
}
