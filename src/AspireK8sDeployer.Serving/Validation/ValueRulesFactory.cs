using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AspireK8sDeployer.Serving.Schema;

namespace AspireK8sDeployer.Serving.Validation;

/// <summary>Collects the rules of a parameter from its annotations and those of the types in it.</summary>
internal sealed class ValueRulesFactory(JsonSerializerOptions serializerOptions)
{
    private readonly NullabilityInfoContext _nullability = new();
    private readonly Dictionary<Type, TypeRules> _types = [];
    private readonly HashSet<Type> _incomplete = [];

    /// <summary>The rules of a parameter; null when its type says everything.</summary>
    public ValueRules? Of(ParameterInfo parameter, NullabilityInfo nullability) =>
        Of(parameter.ParameterType, parameter.GetCustomAttributes(inherit: true), nullability);

    private ValueRules? Of(Type type, IEnumerable<object> annotations, NullabilityInfo? nullability, bool isElement = false)
    {
        var info = serializerOptions.GetTypeInfo(type);
        var typeRules = info.Kind == JsonTypeInfoKind.Object ? OfType(info) : null;
        var rules = new ValueRules
        {
            Attributes = [.. annotations.OfType<ValidationAttribute>()],
            Type = typeRules,
            Elements = info.ElementType is null
                ? null
                : Of(info.ElementType, [], nullability is null ? null : NullabilitySchema.ElementOf(nullability), isElement: true),
            RefusesNull = isElement && !type.IsValueType && nullability?.ReadState == NullabilityState.NotNull,
        };

        return rules is { Attributes: [], Type: null, Elements: null, RefusesNull: false } ? null : rules;
    }

    private TypeRules? OfType(JsonTypeInfo info)
    {
        if (_types.TryGetValue(info.Type, out var known))
        {
            // A type that contains itself is not known to be empty before it is complete, so it is kept.
            return known.IsEmpty && !_incomplete.Contains(info.Type) ? null : known;
        }

        var rules = _types[info.Type] = new TypeRules { ChecksItself = info.Type.IsAssignableTo(typeof(IValidatableObject)) };
        _incomplete.Add(info.Type);
        rules.Members = [.. info.Properties.Select(OfMember).OfType<MemberRules>()];
        _incomplete.Remove(info.Type);
        return rules.IsEmpty ? null : rules;
    }

    private MemberRules? OfMember(JsonPropertyInfo property)
    {
        var nullability = property.AttributeProvider switch
        {
            PropertyInfo member => _nullability.Create(member),
            FieldInfo member => _nullability.Create(member),
            _ => null,
        };
        return property.Get is { } get && Of(property.PropertyType, MemberAnnotations.Of(property), nullability) is { } rules
            ? new MemberRules(property.Name, get, rules)
            : null;
    }
}
