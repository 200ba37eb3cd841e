using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>The schema in a definition: every value has a type, and defaults are of it.</summary>
internal static class CrdSchemaRules
{
    private static readonly string[] Types = ["array", "boolean", "integer", "number", "object", "string"];

    private enum Level
    {
        Root,
        Field,
        Item,
    }

    public static void Check(Findings findings, JsonObject schema, string field)
    {
        if (schema.Flag("nullable"))
        {
            findings.Forbidden($"{field}.nullable", "nullable cannot be true at the root");
        }

        var structure = new Findings();
        Structure(structure, schema, Level.Root, field);
        if (structure.Count > 0)
        {
            findings.AddRange(structure.Errors.OrderBy(error => $"{error.Field}: {error.Message}", StringComparer.Ordinal));
        }
        else
        {
            Defaults(findings, schema, field);
        }

        Standard(findings, schema, field);
    }

    private static void Structure(Findings findings, JsonObject schema, Level level, string field)
    {
        var type = schema.TextOf("type");
        if (type == "array" && schema.Object("items") is null)
        {
            findings.Required($"{field}.items", "must be specified");
        }

        if (level == Level.Root && schema.Has("additionalProperties"))
        {
            findings.Forbidden($"{field}.additionalProperties", "must not be used at the root");
        }

        Kind(findings, schema, type, level, field);
        foreach (var (inner, place) in Inner(schema, field))
        {
            Structure(findings, inner, place.EndsWith(".items", StringComparison.Ordinal) ? Level.Item : Level.Field, place);
        }
    }

    private static void Kind(Findings findings, JsonObject schema, string type, Level level, string field)
    {
        if (schema.Flag("x-kubernetes-embedded-resource") && type != "object")
        {
            const string Problem = "must be object if x-kubernetes-embedded-resource is true";
            if (type.Length == 0)
            {
                findings.Required($"{field}.type", Problem);
            }
            else
            {
                findings.Invalid($"{field}.type", type, Problem);
            }
        }
        else if (type.Length == 0 && !schema.Flag("x-kubernetes-int-or-string") && !schema.Flag("x-kubernetes-preserve-unknown-fields"))
        {
            findings.Required($"{field}.type", level switch
            {
                Level.Root => "must not be empty at the root",
                Level.Item => "must not be empty for specified array items",
                _ => "must not be empty for specified object fields",
            });
        }

        if (level == Level.Root && type.Length > 0 && type != "object")
        {
            findings.Invalid($"{field}.type", type, "must be object at the root");
        }
    }

    private static void Defaults(Findings findings, JsonObject schema, string field)
    {
        if (schema["default"] is { } value)
        {
            SchemaRules.Check(findings, schema, value, null, $"{field}.default");
        }

        foreach (var (inner, place) in Inner(schema, field))
        {
            Defaults(findings, inner, place);
        }
    }

    private static void Standard(Findings findings, JsonObject schema, string field)
    {
        var type = schema.TextOf("type");
        if (type.Length > 0 && !Types.Contains(type))
        {
            findings.NotSupported($"{field}.type", type, Types);
        }

        foreach (var name in (string[])["id", "additionalItems", "patternProperties", "definitions", "dependencies", "$ref"])
        {
            if (schema.Has(name))
            {
                findings.Forbidden($"{field}.{name}", $"{name} is not supported");
            }
        }

        ListType(findings, schema, field);
        foreach (var (inner, place) in Inner(schema, field))
        {
            Standard(findings, inner, place);
        }
    }

    private static void ListType(Findings findings, JsonObject schema, string field)
    {
        var kind = schema.TextOf("x-kubernetes-list-type");
        if (kind.Length > 0 && kind is not ("atomic" or "set" or "map"))
        {
            findings.NotSupported($"{field}.x-kubernetes-list-type", kind, "atomic", "map", "set");
        }

        if (kind == "map" && !schema.TextsOf("x-kubernetes-list-map-keys").Any())
        {
            findings.Required($"{field}.x-kubernetes-list-map-keys", "must not be empty if x-kubernetes-list-type is map");
        }
    }

    private static IEnumerable<(JsonObject Schema, string Field)> Inner(JsonObject schema, string field)
    {
        if (schema.Object("items") is { } items)
        {
            yield return (items, $"{field}.items");
        }

        foreach (var (name, property) in (schema.Object("properties") ?? []).OrderBy(property => property.Key, StringComparer.Ordinal))
        {
            if (property is JsonObject inner)
            {
                yield return (inner, $"{field}.properties[{name}]");
            }
        }

        if (schema["additionalProperties"] is JsonObject values)
        {
            yield return (values, $"{field}.additionalProperties");
        }
    }
}
