using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>
/// The rules that a definition writes as expressions (<c>x-kubernetes-validations</c>). Of their language, the common core is
/// understood; an expression with anything else counts as kept, since refusing a good object would be worse.
/// </summary>
internal static class ExpressionRules
{
    public static void Check(Findings findings, JsonObject schema, JsonNode? value, JsonNode? old, string path)
    {
        foreach (var rule in schema.Objects("x-kubernetes-validations"))
        {
            Rule(findings, rule, value, old, path);
        }

        switch (value)
        {
            case JsonObject obj:
                foreach (var (name, field) in obj.OrderBy(field => field.Key, StringComparer.Ordinal))
                {
                    if ((schema.Object("properties")?[name] ?? schema["additionalProperties"]) is JsonObject declared)
                    {
                        Check(findings, declared, field, (old as JsonObject)?[name], path.Length == 0 ? name : $"{path}.{name}");
                    }
                }

                break;
            case JsonArray array when schema.Object("items") is { } element:
                for (var i = 0; i < array.Count; i++)
                {
                    // Which element was which before a change is not known of a list.
                    Check(findings, element, array[i], null, $"{path}[{i}]");
                }

                break;
        }
    }

    private static void Rule(Findings findings, JsonObject rule, JsonNode? value, JsonNode? old, string path)
    {
        var text = rule.TextOf("rule");
        if (value is null || (old is null && text.Contains("oldSelf", StringComparison.Ordinal)) || Expression.Evaluate(text, value, old) != false)
        {
            return;
        }

        var message = rule.TextOf("message") is { Length: > 0 } own ? own : $"failed rule: {text}";
        var field = path + rule.TextOf("fieldPath");
        findings.AddRange([rule.TextOf("reason") switch
        {
            "FieldValueRequired" => new FieldError("FieldValueRequired", field, $"Required value: {message}"),
            "FieldValueForbidden" => new FieldError("FieldValueForbidden", field, $"Forbidden: {message}"),
            "FieldValueDuplicate" => new FieldError("FieldValueDuplicate", field, $"Duplicate value: {message}"),
            _ => new FieldError("FieldValueInvalid", field.Length == 0 ? "<nil>" : field, $"Invalid value: {message}"),
        }]);
    }
}
