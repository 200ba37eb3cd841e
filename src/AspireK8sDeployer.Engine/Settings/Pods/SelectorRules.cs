using k8s.Models;

namespace AspireK8sDeployer.Engine.Settings.Pods;

/// <summary>Rules of label selectors.</summary>
internal static class SelectorRules
{
    public static void Check(V1LabelSelector? selector, SettingCheck check)
    {
        foreach (var (key, value) in selector?.MatchLabels ?? new Dictionary<string, string>())
        {
            check.Unless(SyntaxRules.IsQualifiedName(key), $"'{key}' is not a label's key ([prefix/]name)");
            check.Unless(SyntaxRules.IsLabelValue(value ?? ""), $"'{value}' of '{key}' is not a label value (letters, digits, '-', '_' and '.', at most 63)");
        }

        foreach (var expression in check.Elements(selector?.MatchExpressions))
        {
            var count = expression.Values?.Count ?? 0;
            check.Unless(expression.Key is not null && SyntaxRules.IsQualifiedName(expression.Key), $"'{expression.Key}' is not a label's key ([prefix/]name)");
            switch (expression.OperatorProperty)
            {
                case "In" or "NotIn":
                    check.Unless(count > 0, $"the operator {expression.OperatorProperty} for '{expression.Key}' needs values");
                    break;
                case "Exists" or "DoesNotExist":
                    check.Unless(count == 0, $"the operator {expression.OperatorProperty} for '{expression.Key}' takes no values");
                    break;
                default:
                    check.Unless(false, $"'{expression.OperatorProperty}' is not an operator for labels (In, NotIn, Exists, DoesNotExist)");
                    break;
            }
        }
    }

    /// <summary>Keys whose values are taken from the pod itself, beside a selector.</summary>
    public static void CheckKeys(IEnumerable<string>? keys, string name, V1LabelSelector? selector, SettingCheck check)
    {
        var given = check.Elements(keys);
        check.Unless(given.Count == 0 || selector is not null, $"{name} need a LabelSelector");
        foreach (var key in given)
        {
            check.Unless(SyntaxRules.IsQualifiedName(key), $"'{key}' is not a label's key ([prefix/]name)");
        }
    }
}
