using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AspireK8sDeployer.Serving.Binding;

/// <summary>The value of a parameter that is left out of an invocation.</summary>
/// <param name="Value">The value itself.</param>
/// <param name="Json">The value as the answer and the schema show it.</param>
internal sealed record ParameterDefault(object? Value, byte[] Json)
{
    public static ParameterDefault? Of(ParameterInfo parameter, bool acceptsNull, JsonTypeInfo type)
    {
        if (!parameter.HasDefaultValue && !acceptsNull)
        {
            return null;
        }

        var value = parameter.HasDefaultValue ? ValueOf(parameter) : null;
        return new ParameterDefault(value, JsonSerializer.SerializeToUtf8Bytes(value, type));
    }

    private static object? ValueOf(ParameterInfo parameter)
    {
        var underlying = Nullable.GetUnderlyingType(parameter.ParameterType);
        return parameter.DefaultValue switch
        {
            // "= default" of a struct is stored as null.
            null when parameter.ParameterType.IsValueType && underlying is null => Activator.CreateInstance(parameter.ParameterType),

            // The default of a nullable enum is stored as its number.
            { } number when underlying is { IsEnum: true } => Enum.ToObject(underlying, number),
            var value => value,
        };
    }
}
