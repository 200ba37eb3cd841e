using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>What a pod, or the template of one, says in vain or twice.</summary>
internal static class PodWarnings
{
    private const string NoSelector = "a null labelSelector results in matching no pod";

    private static readonly (string Label, string Advice)[] OldNodeLabels =
    [
        ("beta.kubernetes.io/arch", "deprecated since v1.14; use \"kubernetes.io/arch\" instead"),
        ("beta.kubernetes.io/os", "deprecated since v1.14; use \"kubernetes.io/os\" instead"),
        ("failure-domain.beta.kubernetes.io/region", "deprecated since v1.17; use \"topology.kubernetes.io/region\" instead"),
        ("failure-domain.beta.kubernetes.io/zone", "deprecated since v1.17; use \"topology.kubernetes.io/zone\" instead"),
        ("beta.kubernetes.io/instance-type", "deprecated since v1.17; use \"node.kubernetes.io/instance-type\" instead"),
        ("node-role.kubernetes.io/master", "use \"node-role.kubernetes.io/control-plane\" instead"),
    ];

    private static readonly (string Volume, string State)[] OldVolumes =
    [
        ("photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+"),
        ("gitRepo", "deprecated in v1.11, and disabled by default in v1.33+"),
        ("scaleIO", "deprecated in v1.16, non-functional in v1.22+"),
        ("flocker", "deprecated in v1.22, non-functional in v1.25+"),
        ("storageos", "deprecated in v1.22, non-functional in v1.25+"),
        ("quobyte", "deprecated in v1.22, non-functional in v1.25+"),
        ("glusterfs", "deprecated in v1.25, non-functional in v1.26+"),
        ("cephfs", "deprecated in v1.28, non-functional in v1.31+"),
        ("rbd", "deprecated in v1.28, non-functional in v1.31+"),
    ];

    /// <param name="pod">A pod or a template.</param>
    /// <param name="prefix">Where it is: nothing, or <c>spec.template.</c></param>
    public static IEnumerable<string> Of(JsonObject pod, string prefix)
    {
        var spec = pod.ObjectOrNew("spec");
        var field = prefix + "spec";
        var containers = Containers(spec, field).ToList();
        return Labels(spec, field)
            .Concat(Spread(spec, field))
            .Concat(Volumes(spec, field))
            .Concat(Repeated(spec, "hostAliases", "ip", field))
            .Concat(Repeated(spec, "imagePullSecrets", "name", field))
            .Concat(NamelessSecrets(spec, field))
            .Concat(containers.SelectMany(pair => Container(pair.Container, pair.Field)))
            .Concat(PortWarnings.Of(containers))
            .Concat(Grace(spec, field))
            .Concat(Affinity(spec, field));
    }

    private static IEnumerable<(JsonObject Container, string Field)> Containers(JsonObject spec, string field) =>
        ((string[])["initContainers", "containers", "ephemeralContainers"])
        .SelectMany(list => spec.Objects(list).Select((container, i) => (container, $"{field}.{list}[{i}]")));

    private static IEnumerable<string> Labels(JsonObject spec, string field) =>
        from known in OldNodeLabels
        where spec.Object("nodeSelector")?.ContainsKey(known.Label) == true
        select $"{field}.nodeSelector[{known.Label}]: {known.Advice}";

    private static IEnumerable<string> Spread(JsonObject spec, string field) => spec.Objects("topologySpreadConstraints")
        .Select((constraint, i) => (constraint, i))
        .Where(pair => !pair.constraint.Has("labelSelector"))
        .Select(pair => $"{field}.topologySpreadConstraints[{pair.i}].labelSelector: {NoSelector}");

    private static IEnumerable<string> Volumes(JsonObject spec, string field) => spec.Objects("volumes").SelectMany((volume, i) =>
        OldVolumes.Where(old => volume.Has(old.Volume)).Select(old => $"{field}.volumes[{i}].{old.Volume}: {old.State}"));

    private static IEnumerable<string> Repeated(JsonObject spec, string list, string key, string field)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return spec.Objects(list)
            .Select((item, i) => (Value: item.TextOf(key), i))
            .Where(pair => !seen.Add(pair.Value))
            .Select(pair => $"{field}.{list}[{pair.i}].{key}: duplicate {key} {ServerText.Quote(pair.Value)}");
    }

    private static IEnumerable<string> NamelessSecrets(JsonObject spec, string field) => spec.Objects("imagePullSecrets")
        .Select((item, i) => (Name: item.TextOf("name"), i))
        .Where(pair => pair.Name.Length == 0)
        .Select(pair => $"{field}.imagePullSecrets[{pair.i}].name: invalid empty name \"\"");

    private static IEnumerable<string> Container(JsonObject container, string field)
    {
        var resources = container.Object("resources") ?? [];
        foreach (var name in (string[])["memory", "ephemeral-storage"])
        {
            foreach (var list in (string[])["limits", "requests"])
            {
                // Fractions of a thousandth were rounded away before.
                if (resources.Object(list)?[name].AsText() is { } amount && Quantity.TryParse(amount, out var quantity) && quantity.Milli % 1000 != 0)
                {
                    yield return $"{field}.resources.{list}[{name}]: fractional byte value {ServerText.Quote(amount)} is invalid, must be an integer";
                }
            }
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        var index = -1;
        foreach (var variable in container.Objects("env"))
        {
            index++;
            var name = variable.TextOf("name");
            if (!seen.Add(name) && Hides(variable, $"$({name})"))
            {
                yield return $"{field}.env[{index}]: hides previous definition of {ServerText.Quote(name)}, which may be dropped when using apply";
            }
        }
    }

    /// <summary>A second value that builds on the first is meant.</summary>
    private static bool Hides(JsonObject variable, string reference)
    {
        var value = variable.TextOf("value");
        return variable.Has("valueFrom") || value == reference || !value.Contains(reference, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Grace(JsonObject spec, string field)
    {
        if (spec.NumberOf("terminationGracePeriodSeconds") is < 0)
        {
            yield return $"{field}.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1";
        }
    }

    private static IEnumerable<string> Affinity(JsonObject spec, string field) =>
        ((string[])["podAffinity", "podAntiAffinity"]).SelectMany(kind =>
        {
            var affinity = spec.Object("affinity")?.Object(kind) ?? [];
            const string Required = "requiredDuringSchedulingIgnoredDuringExecution";
            const string Preferred = "preferredDuringSchedulingIgnoredDuringExecution";
            var terms = affinity.Objects(Required).Select((term, i) => (term, $"{Required}[{i}]")).Concat(
                affinity.Objects(Preferred).Select((term, i) => (term.Object("podAffinityTerm") ?? [], $"{Preferred}[{i}].podAffinityTerm")));
            return terms.Where(pair => !pair.Item1.Has("labelSelector"))
                .Select(pair => $"{field}.affinity.{kind}.{pair.Item2}.labelSelector: {NoSelector}");
        });
}
