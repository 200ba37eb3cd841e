using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AspireK8sDeployer.Serving.Validation;

namespace AspireK8sDeployer.Serving.Binding;

/// <summary>
/// Says what is wrong with a value that the serializer refused. The serializer stops at the first mistake and speaks of
/// .NET types; this walks the value beside its type, finds every mistake, and speaks of JSON.
/// </summary>
internal sealed class ValueExplainer(ValuePath path, BindingErrors errors)
{
    // Whether a whole whose parts are right is read too. Only types that refuse values themselves need that, and it
    // reads the innermost parts once for each level around them.
    private bool _readsWholes;

    /// <summary>Explains a value, and returns whether there was something wrong with it.</summary>
    public bool Explain(JsonElement value, JsonTypeInfo type, ValueRules? rules)
    {
        if (Walk(value, type, rules))
        {
            return true;
        }

        _readsWholes = true;
        return Walk(value, type, rules);
    }

    private bool Walk(JsonElement value, JsonTypeInfo type, ValueRules? rules)
    {
        if (errors.IsFull)
        {
            return true;
        }

        if (value.ValueKind == JsonValueKind.Null && Nullable.GetUnderlyingType(type.Type) is not null)
        {
            return false;
        }

        return (type.Kind, value.ValueKind) switch
        {
            // Which of the derived types it is stands in the value itself; the serializer decides, and says less.
            _ when type.PolymorphismOptions is not null => ExplainLeaf(value, type),
            (JsonTypeInfoKind.Object, JsonValueKind.Object) when !HasOwnConverter(type) =>
                (ExplainMembers(value, type, rules) | ExplainRequired(value, type)) || ExplainWhole(value, type),
            (JsonTypeInfoKind.Dictionary, JsonValueKind.Object) => ExplainEntries(value, type, rules) || ExplainWhole(value, type),
            (JsonTypeInfoKind.Enumerable, JsonValueKind.Array) => ExplainItems(value, type, rules) || ExplainWhole(value, type),
            _ => ExplainLeaf(value, type),
        };
    }

    private bool ExplainMembers(JsonElement value, JsonTypeInfo type, ValueRules? rules)
    {
        var seen = new HashSet<JsonPropertyInfo>();
        var wrong = false;
        foreach (var member in value.EnumerateObject())
        {
            var property = Find(type, member.Name);
            path.Enter(member.Name);
            if (property is null)
            {
                wrong |= RefusesUnknown(type) && Wrong("is not known");
            }
            else if (!seen.Add(property))
            {
                wrong |= !type.Options.AllowDuplicateProperties && Wrong("is given more than once");
            }
            else if (member.Value.ValueKind == JsonValueKind.Null && RefusesNull(property))
            {
                wrong |= Wrong("must not be null");
            }
            else if (member.Value.ValueKind != JsonValueKind.Null || property.PropertyType.IsValueType)
            {
                wrong |= Walk(member.Value, type.Options.GetTypeInfo(property.PropertyType), rules?.Type?.Of(property.Name));
            }

            path.Leave();
        }

        return wrong;
    }

    private bool ExplainRequired(JsonElement value, JsonTypeInfo type)
    {
        var wrong = false;
        foreach (var property in type.Properties.Where(property => property.IsRequired))
        {
            if (!value.EnumerateObject().Any(member => Find(type, member.Name) == property))
            {
                path.Enter(property.Name);
                wrong |= Wrong("is required");
                path.Leave();
            }
        }

        return wrong;
    }

    private bool ExplainEntries(JsonElement value, JsonTypeInfo type, ValueRules? rules)
    {
        var element = type.Options.GetTypeInfo(type.ElementType!);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var wrong = false;
        foreach (var entry in value.EnumerateObject())
        {
            path.Enter(entry.Name);
            wrong |= !seen.Add(entry.Name) && !type.Options.AllowDuplicateProperties
                ? Wrong("is given more than once")
                : ExplainElement(entry.Value, element, rules?.Elements);
            path.Leave();
        }

        return wrong;
    }

    private bool ExplainItems(JsonElement value, JsonTypeInfo type, ValueRules? rules)
    {
        var element = type.Options.GetTypeInfo(type.ElementType!);
        var index = 0;
        var wrong = false;
        foreach (var item in value.EnumerateArray())
        {
            path.Enter(index++);
            wrong |= ExplainElement(item, element, rules?.Elements);
            path.Leave();
        }

        return wrong;
    }

    private bool ExplainElement(JsonElement value, JsonTypeInfo type, ValueRules? rules) =>
        value.ValueKind == JsonValueKind.Null && !type.Type.IsValueType
            ? rules is { RefusesNull: true } && Wrong("must not be null")
            : Walk(value, type, rules);

    private bool ExplainWhole(JsonElement value, JsonTypeInfo type) => _readsWholes && ExplainLeaf(value, type);

    private bool ExplainLeaf(JsonElement value, JsonTypeInfo type)
    {
        try
        {
            return value.Deserialize(type) is double and not (>= double.MinValue and <= double.MaxValue)
                or float and not (>= float.MinValue and <= float.MaxValue)
                && Wrong(Expectation.Message(type, value.ValueKind));
        }
        catch (Exception exception) when (ReadFailure.Is(exception))
        {
            return Wrong(Expectation.Message(type, value.ValueKind));
        }
    }

    private bool Wrong(string message)
    {
        errors.Add(path.ToString(), message);
        return true;
    }

    private static JsonPropertyInfo? Find(JsonTypeInfo type, string name)
    {
        var comparison = type.Options.PropertyNameCaseInsensitive ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return type.Properties.FirstOrDefault(property => property.Name == name)
            ?? type.Properties.FirstOrDefault(property => string.Equals(property.Name, name, comparison));
    }

    private static bool RefusesUnknown(JsonTypeInfo type) =>
        (type.UnmappedMemberHandling ?? type.Options.UnmappedMemberHandling) == JsonUnmappedMemberHandling.Disallow
        && !type.Properties.Any(property => property.IsExtensionData);

    private static bool RefusesNull(JsonPropertyInfo property) =>
        !property.PropertyType.IsValueType && !property.IsSetNullable && property.AssociatedParameter is not { IsNullable: true };

    private static bool HasOwnConverter(JsonTypeInfo type) => type.Converter.GetType().Assembly != typeof(JsonConverter).Assembly;
}
