using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AspireK8sDeployer.Serving.Schema;
using AspireK8sDeployer.Serving.Validation;

namespace AspireK8sDeployer.Serving.Binding;

/// <summary>Makes the parameters of one pipeline that are read from JSON.</summary>
internal sealed class PipelineParameterFactory(string pipeline, JsonSerializerOptions serializerOptions)
{
    private readonly List<PipelineParameter> _created = [];
    private readonly NullabilityInfoContext _nullability = new();
    private readonly ValueRulesFactory _rules = new(serializerOptions);

    public IReadOnlyList<PipelineParameter> Created => _created;

    /// <summary>Adds a parameter and returns its index among those that are bound.</summary>
    public int Add(ParameterInfo info)
    {
        MappingException.ThrowIfUnfit(pipeline, info);

        var type = TypeInfo(info.ParameterType, $"parameter '{info.Name}'");
        MappingException.ThrowIfUnreadable(pipeline, info, type);
        var nullability = _nullability.Create(info);
        var name = serializerOptions.PropertyNamingPolicy?.ConvertName(info.Name!) ?? info.Name!;
        if (_created.Any(other => string.Equals(other.Name.Value, name, StringComparison.OrdinalIgnoreCase)))
        {
            throw new MappingException(pipeline, $"has two parameters named '{name}'", "rename one");
        }

        var allowsNull = nullability.WriteState != NullabilityState.NotNull;
        var standard = ParameterDefault.Of(info, allowsNull, type);
        _created.Add(new PipelineParameter
        {
            Name = JsonEncodedText.Encode(name, serializerOptions.Encoder),
            Utf8Name = Encoding.UTF8.GetBytes(name),
            Type = type,
            AcceptsNull = allowsNull || JsonNull.IsAValueOf(info.ParameterType),
            Default = standard,
            Rules = _rules.Of(info, nullability),
            Schema = PipelineSchema.OfParameter(name, info, type, nullability, allowsNull, standard),
        });
        return _created.Count - 1;
    }

    public JsonTypeInfo TypeInfo(Type type, string what)
    {
        try
        {
            return serializerOptions.GetTypeInfo(type);
        }
        catch (Exception exception) when (exception is NotSupportedException or InvalidOperationException)
        {
            throw new MappingException(pipeline, $"cannot map its {what} of type {type} to JSON: {exception.Message}", "use a record", exception);
        }
    }
}
