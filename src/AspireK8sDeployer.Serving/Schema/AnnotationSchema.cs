using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Serving.Schema;

/// <summary>Says in JSON Schema what DataAnnotations say in C#.</summary>
internal static class AnnotationSchema
{
    public static JsonNode Apply(JsonNode schema, IReadOnlyList<object> attributes)
    {
        foreach (var attribute in attributes)
        {
            // A schema of "true" has no room for keywords.
            if (schema is JsonObject members)
            {
                Apply(members, attribute);
            }
        }

        return schema;
    }

    private static void Apply(JsonObject schema, object attribute)
    {
        switch (attribute)
        {
            case DescriptionAttribute { Description.Length: > 0 } description:
                schema["description"] = description.Description;
                break;
            case RangeAttribute range:
                Number(schema, range.MinimumIsExclusive ? "exclusiveMinimum" : "minimum", range.Minimum);
                Number(schema, range.MaximumIsExclusive ? "exclusiveMaximum" : "maximum", range.Maximum);
                break;
            case StringLengthAttribute length:
                Size(schema, "min", length.MinimumLength);
                Size(schema, "max", length.MaximumLength);
                break;
            case LengthAttribute length:
                Size(schema, "min", length.MinimumLength);
                Size(schema, "max", length.MaximumLength);
                break;
            case MinLengthAttribute minimum:
                Size(schema, "min", minimum.Length);
                break;
            case MaxLengthAttribute maximum:
                Size(schema, "max", maximum.Length);
                break;
            case RequiredAttribute { AllowEmptyStrings: false } when Has(schema, "string") && !schema.ContainsKey("minLength"):
                schema["minLength"] = 1;
                break;
            case RegularExpressionAttribute expression:
                // The attribute wants the whole value to match, a schema any part of it.
                schema["pattern"] = $"^(?:{expression.Pattern})$";
                break;
            case EmailAddressAttribute:
                schema["format"] = "email";
                break;
            case UrlAttribute:
                schema["format"] = "uri";
                break;
            case Base64StringAttribute:
                schema["contentEncoding"] = "base64";
                break;
            case AllowedValuesAttribute allowed:
                schema["enum"] = Values(allowed.Values);
                break;
            case DeniedValuesAttribute denied:
                schema["not"] = new JsonObject { ["enum"] = Values(denied.Values) };
                break;
        }
    }

    private static void Number(JsonObject schema, string keyword, object limit)
    {
        // Limits of other types, such as dates, are text; JSON Schema has no keyword for them.
        var text = Convert.ToString(limit, CultureInfo.InvariantCulture);
        if ((Has(schema, "integer") || Has(schema, "number")) && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            schema[keyword] = number;
        }
    }

    private static void Size(JsonObject schema, string bound, int length)
    {
        // Zero is no lower bound, and -1 is how MaxLength says "none".
        if (length > 0 || (length == 0 && bound == "max"))
        {
            schema[bound + (Has(schema, "array") ? "Items" : Has(schema, "object") ? "Properties" : "Length")] = length;
        }
    }

    private static JsonArray Values(object?[] values) => new([.. values.Select(value => JsonSerializer.SerializeToNode(value))]);

    private static bool Has(JsonObject schema, string type) => schema["type"] switch
    {
        JsonArray types => types.Any(one => one!.GetValue<string>() == type),
        JsonValue one => one.GetValue<string>() == type,
        _ => false,
    };
}
