using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>Label selectors.</summary>
internal static class SelectorRules
{
    public static void Check(Findings findings, JsonObject? selector, string field)
    {
        if (selector is null)
        {
            return;
        }

        MetadataRules.Labels(findings, selector.Object("matchLabels"), $"{field}.matchLabels");
        var index = 0;
        foreach (var expression in selector.Objects("matchExpressions"))
        {
            CheckExpression(findings, expression, $"{field}.matchExpressions[{index++}]");
        }
    }

    public static bool IsEmpty(JsonObject selector) =>
        selector.Object("matchLabels") is not { Count: > 0 } && selector.Array("matchExpressions") is not { Count: > 0 };

    /// <summary>True when the selector can be used at all; a mistake in it was reported by <see cref="Check"/> then.</summary>
    public static bool IsValid(JsonObject? selector)
    {
        var findings = new Findings();
        Check(findings, selector, "");
        return findings.Count == 0;
    }

    public static bool Matches(JsonObject selector, JsonObject? labels) =>
        (selector.Object("matchLabels") ?? []).All(pair => labels?[pair.Key].AsText() is { } value && value == pair.Value.AsText())
        && selector.Objects("matchExpressions").All(expression => MatchesExpression(expression, labels?[expression.TextOf("key")].AsText()));

    private static bool MatchesExpression(JsonObject expression, string? value) => expression.TextOf("operator") switch
    {
        "In" => value is not null && expression.TextsOf("values").Contains(value),
        "NotIn" => value is null || !expression.TextsOf("values").Contains(value),
        "Exists" => value is not null,
        "DoesNotExist" => value is null,
        _ => false,
    };

    private static void CheckExpression(Findings findings, JsonObject expression, string field)
    {
        var values = expression.TextsOf("values").ToList();
        var operation = expression.TextOf("operator");
        switch (operation)
        {
            case "In" or "NotIn":
                if (values.Count == 0)
                {
                    findings.Required($"{field}.values", "must be specified when `operator` is 'In' or 'NotIn'");
                }

                break;
            case "Exists" or "DoesNotExist":
                if (values.Count > 0)
                {
                    findings.Forbidden($"{field}.values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                }

                break;
            default:
                findings.Invalid($"{field}.operator", operation, "not a valid selector operator");
                break;
        }

        findings.Invalid($"{field}.key", expression.TextOf("key"), NameRules.Qualified(expression.TextOf("key")));
        for (var i = 0; i < values.Count; i++)
        {
            findings.Invalid($"{field}.values[{i}]", values[i], NameRules.LabelValue(values[i]));
        }
    }
}
