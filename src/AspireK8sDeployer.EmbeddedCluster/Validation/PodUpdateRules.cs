using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>The little that may change in a pod.</summary>
internal static class PodUpdateRules
{
    private const string Updatable =
        "`spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,"
        + "`spec.tolerations` (only additions to existing tolerations),"
        + "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";

    public static void Update(Findings findings, JsonObject obj, JsonObject oldObj)
    {
        MetadataRules.CheckUpdate(findings, obj, oldObj);
        PodRules.Pod(findings, obj);
        var spec = obj.ObjectOrNew("spec");
        var old = oldObj.ObjectOrNew("spec");
        if (!SameContainers(findings, spec, old, "containers") || !SameContainers(findings, spec, old, "initContainers") || !Deadline(findings, spec, old))
        {
            return;
        }

        Tolerations(findings, spec, old);
        Gates(findings, spec, old);
        if (JsonValues.Same(spec, old))
        {
            return;
        }

        var munged = Munged(spec, old);
        if (!JsonValues.Same(munged, old))
        {
            findings.Forbidden(
                "spec", $"pod updates may not change fields other than {Updatable}\n{ObjectDiff.Of(old, munged, "core.PodSpec")}");
        }
    }

    /// <summary>The new pod with all that may change as it was.</summary>
    private static JsonObject Munged(JsonObject spec, JsonObject old)
    {
        var munged = (JsonObject)spec.DeepClone();
        foreach (var list in (string[])["containers", "initContainers"])
        {
            foreach (var (container, before) in munged.Objects(list).Zip(old.Objects(list)))
            {
                container["image"] = before["image"]?.DeepClone();
            }
        }

        foreach (var name in (string[])["activeDeadlineSeconds", "schedulingGates", "tolerations"])
        {
            munged.Remove(name);
            if (old[name] is { } value)
            {
                munged[name] = value.DeepClone();
            }
        }

        if (old.NumberOf("terminationGracePeriodSeconds") < 0 && munged.NumberOf("terminationGracePeriodSeconds") == 1)
        {
            munged["terminationGracePeriodSeconds"] = old["terminationGracePeriodSeconds"]?.DeepClone();
        }

        // A pod that is held back may still become choosier about its node.
        if (old.Objects("schedulingGates").Any() && old.Object("nodeSelector") is var selector)
        {
            if ((selector ?? []).All(pair => munged["nodeSelector"]?[pair.Key].AsText() == pair.Value.AsText()))
            {
                munged.Remove("nodeSelector");
                if (selector is not null)
                {
                    munged["nodeSelector"] = selector.DeepClone();
                }
            }
        }

        return munged;
    }

    private static bool SameContainers(Findings findings, JsonObject spec, JsonObject old, string list)
    {
        var containers = spec.Objects(list).ToList();
        if (containers.Count != old.Objects(list).Count())
        {
            findings.Forbidden($"spec.{list}", "pod updates may not add or remove containers");
            return false;
        }

        for (var i = 0; i < containers.Count; i++)
        {
            var image = containers[i].TextOf("image");
            if (image.Length == 0)
            {
                findings.Required($"spec.{list}[{i}].image");
            }

            if (image.Trim().Length != image.Length)
            {
                findings.Invalid($"spec.{list}[{i}].image", image, "must not have leading or trailing whitespace");
            }
        }

        return true;
    }

    private static bool Deadline(Findings findings, JsonObject spec, JsonObject old)
    {
        const string Field = "spec.activeDeadlineSeconds";
        var before = old.NumberOf("activeDeadlineSeconds");
        if (spec.NumberOf("activeDeadlineSeconds") is not { } deadline)
        {
            if (before is not null)
            {
                findings.Invalid(Field, (JsonNode?)null, "must not update from a positive integer to nil value");
            }

            return true;
        }

        if (deadline is < 0 or > int.MaxValue)
        {
            findings.Invalid(Field, deadline, $"must be between 0 and {int.MaxValue}, inclusive");
            return false;
        }

        if (before < deadline)
        {
            findings.Invalid(Field, deadline, "must be less than or equal to previous value");
            return false;
        }

        return true;
    }

    private static void Tolerations(Findings findings, JsonObject spec, JsonObject old)
    {
        var tolerations = spec.Objects("tolerations").Select(Untimed).ToList();
        if (old.Objects("tolerations").Select(Untimed).Any(before => !tolerations.Any(now => JsonValues.Same(before, now))))
        {
            findings.Forbidden("spec.tolerations", "existing toleration can not be modified except its tolerationSeconds");
        }

        static JsonObject Untimed(JsonObject toleration)
        {
            var copy = (JsonObject)toleration.DeepClone();
            copy.Remove("tolerationSeconds");
            return copy;
        }
    }

    private static void Gates(Findings findings, JsonObject spec, JsonObject old)
    {
        var before = old.Objects("schedulingGates").Select(gate => gate.TextOf("name")).ToHashSet();
        var index = 0;
        foreach (var name in spec.Objects("schedulingGates").Select(gate => gate.TextOf("name")))
        {
            if (!before.Contains(name))
            {
                findings.Forbidden($"spec.schedulingGates[{index}]", $"only deletion is allowed, but found new scheduling gate '{name}'");
            }

            index++;
        }
    }
}
