using System.Globalization;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Settings.Pods;

/// <summary>Rules of affinity to nodes and pods.</summary>
internal static class AffinityRules
{
    public static void Check(V1Affinity? affinity, SettingCheck check)
    {
        if (affinity?.NodeAffinity is { } node)
        {
            CheckNodes(node, check);
        }

        CheckPods(affinity?.PodAffinity?.RequiredDuringSchedulingIgnoredDuringExecution, affinity?.PodAffinity?.PreferredDuringSchedulingIgnoredDuringExecution, check);
        CheckPods(affinity?.PodAntiAffinity?.RequiredDuringSchedulingIgnoredDuringExecution, affinity?.PodAntiAffinity?.PreferredDuringSchedulingIgnoredDuringExecution, check);
    }

    private static void CheckNodes(V1NodeAffinity affinity, SettingCheck check)
    {
        if (affinity.RequiredDuringSchedulingIgnoredDuringExecution is { } required)
        {
            var terms = check.Elements(required.NodeSelectorTerms);
            check.Unless(terms.Count > 0, "what is required of nodes has no term");
            foreach (var term in terms)
            {
                CheckTerm(term, check);
            }
        }

        foreach (var preferred in check.Elements(affinity.PreferredDuringSchedulingIgnoredDuringExecution))
        {
            CheckWeight(preferred.Weight, check);
            check.Unless(preferred.Preference is not null, "a preferred term has no Preference");
            CheckTerm(preferred.Preference ?? new V1NodeSelectorTerm(), check);
        }
    }

    private static void CheckTerm(V1NodeSelectorTerm term, SettingCheck check)
    {
        foreach (var expression in check.Elements(term.MatchExpressions))
        {
            CheckKey(expression.Key, check);
            CheckOperator(expression, check);
        }

        foreach (var field in check.Elements(term.MatchFields))
        {
            check.Unless(field.Key == "metadata.name", $"'{field.Key}' is not a field of nodes that can be selected by (metadata.name)");
            check.Unless(field.OperatorProperty is "In" or "NotIn", $"'{field.OperatorProperty}' is not an operator for fields (In, NotIn)");
            check.Unless(field.Values?.Count == 1, "a field is compared with exactly one value");
        }
    }

    private static void CheckOperator(V1NodeSelectorRequirement expression, SettingCheck check)
    {
        var count = expression.Values?.Count ?? 0;
        switch (expression.OperatorProperty)
        {
            case "In" or "NotIn":
                check.Unless(count > 0, $"the operator {expression.OperatorProperty} for '{expression.Key}' needs values");
                foreach (var value in check.Elements(expression.Values))
                {
                    check.Unless(SyntaxRules.IsLabelValue(value), $"'{value}' of '{expression.Key}' is not a label value (letters, digits, '-', '_' and '.', at most 63)");
                }

                break;
            case "Exists" or "DoesNotExist":
                check.Unless(count == 0, $"the operator {expression.OperatorProperty} for '{expression.Key}' takes no values");
                break;
            case "Gt" or "Lt":
                check.Unless(
                    count == 1 && long.TryParse(expression.Values![0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
                    $"the operator {expression.OperatorProperty} for '{expression.Key}' needs exactly one whole number");
                break;
            default:
                check.Unless(false, $"'{expression.OperatorProperty}' is not an operator for nodes (In, NotIn, Exists, DoesNotExist, Gt, Lt)");
                break;
        }
    }

    private static void CheckPods(IEnumerable<V1PodAffinityTerm>? required, IEnumerable<V1WeightedPodAffinityTerm>? preferred, SettingCheck check)
    {
        foreach (var term in check.Elements(required))
        {
            CheckPods(term, check);
        }

        foreach (var weighted in check.Elements(preferred))
        {
            CheckWeight(weighted.Weight, check);
            check.Unless(weighted.PodAffinityTerm is not null, "a preferred term has no PodAffinityTerm");
            if (weighted.PodAffinityTerm is { } term)
            {
                CheckPods(term, check);
            }
        }
    }

    private static void CheckPods(V1PodAffinityTerm term, SettingCheck check)
    {
        check.Unless(!string.IsNullOrEmpty(term.TopologyKey), "a term for pods has no TopologyKey, such as kubernetes.io/hostname");
        check.Unless(string.IsNullOrEmpty(term.TopologyKey) || SyntaxRules.IsQualifiedName(term.TopologyKey), $"'{term.TopologyKey}' is not a label's key ([prefix/]name)");
        SelectorRules.Check(term.LabelSelector, check);
        SelectorRules.Check(term.NamespaceSelector, check);
        SelectorRules.CheckKeys(term.MatchLabelKeys, "MatchLabelKeys", term.LabelSelector, check);
        SelectorRules.CheckKeys(term.MismatchLabelKeys, "MismatchLabelKeys", term.LabelSelector, check);
        foreach (var name in check.Elements(term.Namespaces))
        {
            check.Unless(SyntaxRules.IsDnsLabel(name), $"'{name}' is not the name of a namespace");
        }
    }

    private static void CheckWeight(int weight, SettingCheck check) => check.Unless(weight is >= 1 and <= 100, $"{weight} is not a weight (1 to 100)");

    private static void CheckKey(string? key, SettingCheck check) => check.Unless(key is not null && SyntaxRules.IsQualifiedName(key), $"'{key}' is not a label's key ([prefix/]name)");
}
