using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>Custom resources: the schema of their definition, and the paths of their scale.</summary>
internal static class CustomRules
{
    // These stand in the way of the rules that are written as expressions.
    private static readonly string[] Blocking =
        ["FieldValueNotSupported", "FieldValueRequired", "FieldValueTooLong", "FieldValueTooMany", "FieldValueTypeInvalid"];

    public static void Create(Findings findings, ResourceDefinition resource, JsonObject obj)
    {
        MetadataRules.Check(findings, obj, resource.Namespaced, NameRules.Subdomain);
        Check(findings, resource, obj, null);
    }

    public static void Update(Findings findings, ResourceDefinition resource, JsonObject obj, JsonObject old)
    {
        MetadataRules.CheckUpdate(findings, obj, old);
        Check(findings, resource, obj, old);
    }

    public static void StatusUpdate(Findings findings, ResourceDefinition resource, JsonObject obj, JsonObject old)
    {
        MetadataRules.CheckUpdate(findings, obj, old);
        if (obj["status"] is { } status && CustomSchema.OpenApi(resource)?.Object("properties")?.Object("status") is { } schema)
        {
            SchemaRules.Check(findings, schema, status, old["status"], "status");
        }

        if (Scale(resource) is { } scale)
        {
            Replicas(findings, obj, scale.TextOf("statusReplicasPath"));
        }
    }

    private static void Check(Findings findings, ResourceDefinition resource, JsonObject obj, JsonObject? old)
    {
        var schema = CustomSchema.OpenApi(resource) ?? [];
        SchemaRules.Check(findings, schema, WithoutMetadata(obj), old is null ? null : WithoutMetadata(old), "");
        if (Scale(resource) is { } scale)
        {
            Replicas(findings, obj, scale.TextOf("specReplicasPath"));
            Replicas(findings, obj, scale.TextOf("statusReplicasPath"));
        }

        ListRules.Check(findings, schema, obj, "");
        if (!HasExpressions(schema))
        {
            return;
        }

        if (findings.Errors.Any(error => Blocking.Contains(error.Type)))
        {
            findings.Invalid(
                "<nil>",
                (JsonNode?)null,
                "some validation rules were not checked because the object was invalid; correct the existing errors to complete validation");
        }
        else
        {
            ExpressionRules.Check(findings, schema, obj, old, "");
        }
    }

    /// <summary>Metadata has rules of its own.</summary>
    private static JsonObject WithoutMetadata(JsonObject obj) =>
        new(obj.Where(field => field.Key != "metadata").Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())));

    private static JsonObject? Scale(ResourceDefinition resource) => resource.CustomVersion?.Object("subresources")?.Object("scale");

    private static void Replicas(Findings findings, JsonObject obj, string path)
    {
        JsonNode? value = obj;
        foreach (var name in path.TrimStart('.').Split('.'))
        {
            value = (value as JsonObject)?[name];
        }

        if (value is null)
        {
            return;
        }

        if (value is not JsonValue number || !number.TryGetValue(out long replicas))
        {
            findings.Invalid(path, 0, $"{path} accessor error: {ServerText.Of(value)} is of the type {GoType(value)}, expected int64");
        }
        else if (replicas < 0)
        {
            findings.Invalid(path, replicas, "should be a non-negative integer");
        }
        else if (replicas > int.MaxValue)
        {
            findings.Invalid(path, replicas, "should be less than or equal to " + int.MaxValue.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static string GoType(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.Object => "map[string]interface {}",
        JsonValueKind.Array => "[]interface {}",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "float64",
        _ => "bool",
    };

    private static bool HasExpressions(JsonObject schema) => schema["x-kubernetes-validations"] is JsonArray { Count: > 0 }
        || (schema.Object("properties") ?? []).Any(property => property.Value is JsonObject inner && HasExpressions(inner))
        || (schema.Object("items") is { } items && HasExpressions(items))
        || (schema["additionalProperties"] is JsonObject values && HasExpressions(values));
}
