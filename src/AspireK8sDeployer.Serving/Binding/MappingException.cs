using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace AspireK8sDeployer.Serving.Binding;

/// <summary>A delegate that cannot be a pipeline, and what its author can do about it.</summary>
internal sealed class MappingException : InvalidOperationException
{
    public MappingException(string pipeline, string problem, string fix, Exception? innerException = null)
        : base($"Pipeline '{pipeline}' {problem}.\n  → {fix}", innerException)
    {
    }

    public static void ThrowIfUnfit(string pipeline, ParameterInfo info)
    {
        var type = info.ParameterType;
        if (info.Name is null)
        {
            throw new MappingException(pipeline, "has a parameter without a name", "map a lambda or a method whose parameters are named");
        }

        if (type.IsByRef || type.IsPointer || type.IsByRefLike)
        {
            throw Unfit(pipeline, info, "cannot come from JSON", "take it by value");
        }

        if (typeof(HttpContext) == type || typeof(HttpRequest) == type || typeof(HttpResponse) == type)
        {
            throw Unfit(pipeline, info, "is not there: a pipeline does not know how it was called", "take what it needs as parameters");
        }
    }

    public static void ThrowIfUnreadable(string pipeline, ParameterInfo info, JsonTypeInfo type)
    {
        var readable = type switch
        {
            { PolymorphismOptions: not null } => true,
            { Type: var t } when t == typeof(Type) || t.IsAssignableTo(typeof(Delegate)) || t.IsAssignableTo(typeof(Stream)) => false,
            { Kind: JsonTypeInfoKind.Object, Type: { IsInterface: true } or { IsAbstract: true } } =>
                type.Converter.GetType().Assembly != typeof(JsonConverter).Assembly,
            _ => true,
        };
        if (!readable)
        {
            throw Unfit(
                pipeline,
                info,
                "is neither a registered service nor a type that JSON can be read into",
                "register the service before builder.Build(), or take a record");
        }
    }

    public static void ThrowIfNoResult(string pipeline, Type? type)
    {
        if (type is null)
        {
            return;
        }

        if (type.IsAssignableTo(typeof(IResult)))
        {
            throw new MappingException(pipeline, $"returns {type}, an HTTP answer", "return the value itself; a run fails by an exception");
        }

        if (type.FullName?.StartsWith("System.ValueTuple`", StringComparison.Ordinal) is true)
        {
            throw new MappingException(pipeline, "returns a tuple, whose names are not in JSON", "return a record");
        }

        if (type.GetInterfaces().Append(type).Any(IsAsyncSequence))
        {
            throw new MappingException(pipeline, $"returns {type}, which is not one result", "collect it with ToListAsync() and return the list");
        }
    }

    private static bool IsAsyncSequence(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>);

    private static MappingException Unfit(string pipeline, ParameterInfo info, string problem, string fix) =>
        new(pipeline, $"has a parameter '{info.Name}' of type {info.ParameterType}, which {problem}", fix);
}
