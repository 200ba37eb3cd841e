using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>Checks a value against the OpenAPI schema of a custom resource.</summary>
internal static class SchemaRules
{
    private static readonly TimeSpan PatternTime = TimeSpan.FromSeconds(1);

    /// <param name="findings">Gets what is wrong.</param>
    /// <param name="schema">The schema.</param>
    /// <param name="value">The value.</param>
    /// <param name="old">The value before a change: what a change leaves alone is not checked again.</param>
    /// <param name="path">Where the value is; empty for a whole object.</param>
    public static void Check(Findings findings, JsonObject schema, JsonNode? value, JsonNode? old, string path)
    {
        if (old is not null && JsonValues.Same(value, old))
        {
            return;
        }

        if (!IsOfType(schema, value, out var found))
        {
            findings.TypeInvalid(path, found, $"{path} in body must be of type {Wanted(schema)}: {ServerText.Quote(found)}");
            return;
        }

        Combined(findings, schema, value, path);
        switch (value)
        {
            case JsonObject obj:
                Fields(findings, schema, obj, old as JsonObject, path);
                break;
            case JsonArray array:
                Items(findings, schema, array, old as JsonArray, path);
                break;
            case JsonValue scalar when scalar.GetValueKind() == JsonValueKind.String:
                Text(findings, schema, scalar.AsText()!, path);
                break;
            case JsonValue scalar when scalar.GetValueKind() == JsonValueKind.Number:
                Number(findings, schema, scalar, path);
                break;
        }

        if (value is not null && schema["enum"] is JsonArray allowed && !allowed.Any(item => JsonValues.Same(item, value)))
        {
            findings.NotSupported(path, value, allowed.Select(item => item.AsText() ?? item?.ToJsonString(JsonValues.Plain) ?? "null"));
        }
    }

    private static void Fields(Findings findings, JsonObject schema, JsonObject obj, JsonObject? old, string path)
    {
        if (schema.NumberOf("minProperties") is { } least && obj.Count < least)
        {
            findings.Invalid(path, obj, $"{path} in body should have at least {least} properties");
        }

        if (schema.NumberOf("maxProperties") is { } most && obj.Count > most)
        {
            findings.TooMany(path, obj.Count, (int)most);
        }

        var known = schema.Object("properties") ?? [];
        foreach (var (name, value) in obj.OrderBy(field => field.Key, StringComparer.Ordinal))
        {
            if ((known[name] ?? schema["additionalProperties"]) is JsonObject declared)
            {
                Check(findings, declared, value, old?[name], At(path, name));
            }
        }

        foreach (var name in schema.TextsOf("required").Where(name => !obj.ContainsKey(name)))
        {
            findings.Required(At(path, name));
        }
    }

    private static void Items(Findings findings, JsonObject schema, JsonArray array, JsonArray? old, string path)
    {
        if (schema.Object("items") is { } element)
        {
            for (var i = 0; i < array.Count; i++)
            {
                Check(findings, element, array[i], i < old?.Count ? old[i] : null, $"{path}[{i}]");
            }
        }

        if (schema.NumberOf("minItems") is { } least && array.Count < least)
        {
            findings.Invalid(path, array.Count, $"{path} in body should have at least {least} items");
        }

        if (schema.NumberOf("maxItems") is { } most && array.Count > most)
        {
            findings.TooMany(path, array.Count, (int)most);
        }

        if (schema.Flag("uniqueItems") && array.Where((item, i) => array.Take(i).Any(other => JsonValues.Same(item, other))).Any())
        {
            findings.Invalid(path, "", $"{path} in body shouldn't contain duplicates");
        }
    }

    private static void Text(Findings findings, JsonObject schema, string text, string path)
    {
        var length = new StringInfo(text).LengthInTextElements;

        // The first fault of a text is enough.
        if (schema.NumberOf("maxLength") is { } most && length > most)
        {
            findings.TooLong(path, (int)most);
        }
        else if (schema.NumberOf("minLength") is { } least && length < least)
        {
            findings.Invalid(path, text, $"{path} in body should be at least {least} chars long");
        }
        else if (schema.TextOf("pattern") is { Length: > 0 } pattern && !Matches(text, pattern))
        {
            findings.Invalid(path, text, $"{path} in body should match '{pattern}'");
        }

        if (schema.TextOf("format") == "date-time" && Timestamp.Normalize(text, micro: true) is null)
        {
            findings.Invalid(path, text, $"{path} in body must be of type date-time: {ServerText.Quote(text)}");
        }
    }

    private static void Number(Findings findings, JsonObject schema, JsonValue number, string path)
    {
        var value = Amount(number)!.Value;
        if (Amount(schema["maximum"]) is { } most && (schema.Flag("exclusiveMaximum") ? value >= most : value > most))
        {
            var relation = schema.Flag("exclusiveMaximum") ? "less than" : "less than or equal to";
            findings.Invalid(path, number, $"{path} in body should be {relation} {Shown(most)}");
        }

        if (Amount(schema["minimum"]) is { } least && (schema.Flag("exclusiveMinimum") ? value <= least : value < least))
        {
            var relation = schema.Flag("exclusiveMinimum") ? "greater than" : "greater than or equal to";
            findings.Invalid(path, number, $"{path} in body should be {relation} {Shown(least)}");
        }

        if (Amount(schema["multipleOf"]) is { } factor and > 0 && value % factor != 0)
        {
            findings.Invalid(path, number, $"{path} in body should be a multiple of {Shown(factor)}");
        }
    }

    private static void Combined(Findings findings, JsonObject schema, JsonNode? value, string path)
    {
        var place = path.Length == 0 ? "<nil>" : path;
        if (schema["anyOf"] is JsonArray { Count: > 0 } any && !any.Any(part => Fits(part, value)))
        {
            findings.Invalid(place, "", $"{path} in body must validate at least one schema (anyOf)");
        }

        if (schema["oneOf"] is JsonArray { Count: > 0 } one && one.Count(part => Fits(part, value)) is var fitting and not 1)
        {
            var found = fitting == 0 ? "Found none valid" : $"Found {fitting} valid alternatives";
            findings.Invalid(place, "", $"{path} in body must validate one and only one schema (oneOf). {found}");
        }

        if (schema["allOf"] is JsonArray { Count: > 0 } all)
        {
            foreach (var part in all.OfType<JsonObject>())
            {
                Check(findings, part, value, null, path);
            }

            if (!all.All(part => Fits(part, value)))
            {
                findings.Invalid(place, "", $"{path} in body must validate all the schemas (allOf)");
            }
        }

        if (schema["not"] is JsonObject not && Fits(not, value))
        {
            findings.Invalid(place, "", $"{path} in body must not validate the schema (not)");
        }
    }

    private static bool Fits(JsonNode? schema, JsonNode? value)
    {
        var findings = new Findings();
        Check(findings, schema as JsonObject ?? [], value, null, "");
        return findings.Count == 0;
    }

    private static bool IsOfType(JsonObject schema, JsonNode? value, out string found)
    {
        var kind = value?.GetValueKind();
        found = kind switch
        {
            null => "null",
            JsonValueKind.Object => "object",
            JsonValueKind.Array => "array",
            JsonValueKind.String => "string",
            JsonValueKind.Number => value!.AsValue().TryGetValue(out long _) ? "integer" : "number",
            _ => "boolean",
        };
        if (schema.Flag("x-kubernetes-int-or-string"))
        {
            return found is "integer" or "string" || (found == "null" && schema.Flag("nullable"));
        }

        var type = schema.TextOf("type");
        return type.Length == 0 || type == found || (type == "number" && found == "integer") || (found == "null" && schema.Flag("nullable"));
    }

    private static string Wanted(JsonObject schema) => schema.Flag("x-kubernetes-int-or-string") ? "integer,string" : schema.TextOf("type");

    private static bool Matches(string text, string pattern)
    {
        try
        {
            return Regex.IsMatch(text, pattern, RegexOptions.ECMAScript, PatternTime);
        }
        catch (ArgumentException)
        {
            // The server's own expressions have a few things that these lack; such a pattern is not held against anybody.
            return true;
        }
    }

    private static double? Amount(JsonNode? node) => node?.GetValueKind() == JsonValueKind.Number
        ? double.Parse(node.ToJsonString(), CultureInfo.InvariantCulture)
        : null;

    private static string Shown(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static string At(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
