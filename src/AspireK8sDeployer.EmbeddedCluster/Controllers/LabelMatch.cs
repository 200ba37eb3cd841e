using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Controllers;

/// <summary>Label selectors as objects hold them.</summary>
internal static class LabelMatch
{
    /// <summary>An empty selector matches everything, none at all nothing.</summary>
    public static bool Matches(V1LabelSelector? selector, IDictionary<string, string>? labels) =>
        selector is not null
        && Matches(selector.MatchLabels, labels)
        && (selector.MatchExpressions ?? []).All(requirement => Matches(requirement, labels));

    public static bool Matches(IDictionary<string, string>? wanted, IDictionary<string, string>? labels) =>
        (wanted ?? new Dictionary<string, string>()).All(label => Value(labels, label.Key) == label.Value);

    private static bool Matches(V1LabelSelectorRequirement requirement, IDictionary<string, string>? labels)
    {
        var value = Value(labels, requirement.Key);
        return requirement.OperatorProperty switch
        {
            "In" => value is not null && requirement.Values.Contains(value),
            "NotIn" => value is null || !requirement.Values.Contains(value),
            "Exists" => value is not null,
            "DoesNotExist" => value is null,
            _ => false,
        };
    }

    private static string? Value(IDictionary<string, string>? labels, string key) =>
        labels is not null && labels.TryGetValue(key, out var value) ? value : null;
}
