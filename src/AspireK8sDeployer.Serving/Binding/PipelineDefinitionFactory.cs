using System.Reflection;
using System.Text.Json;
using AspireK8sDeployer.Serving.Schema;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace AspireK8sDeployer.Serving.Binding;

/// <summary>Reads a delegate's signature and decides, once, how each invocation is bound to it.</summary>
internal sealed class PipelineDefinitionFactory(JsonSerializerOptions serializerOptions, IServiceProviderIsService services)
{
    public PipelineDefinition Create(string name, Delegate handler)
    {
        var parameters = new PipelineParameterFactory(name, serializerOptions);
        var arguments = ParametersOf(handler).Select(info => ArgumentOf(info, parameters)).ToList();
        var result = HandlerResult.Of(handler.Method.ReturnType);
        MappingException.ThrowIfNoResult(name, result.Type);

        return new PipelineDefinition
        {
            Name = name,
            Parameters = parameters.Created,
            UsesServices = arguments.OfType<HandlerArgument.Service>().Any(),
            Handler = HandlerCompiler.Compile(handler, arguments),
            Output = result.Type is null ? null : parameters.TypeInfo(result.Type, "result"),
            InputSchema = PipelineSchema.OfInput(parameters.Created),
            OutputSchema = PipelineSchema.OfOutput(result.Type, handler.Method.ReturnParameter, serializerOptions),
        };
    }

    // The delegate of an extension method carries the first argument itself.
    private static IEnumerable<ParameterInfo> ParametersOf(Delegate handler)
    {
        var method = handler.Method;
        return method.GetParameters().Skip(method.IsStatic && handler.Target is not null ? 1 : 0);
    }

    private HandlerArgument ArgumentOf(ParameterInfo info, PipelineParameterFactory parameters)
    {
        if (info.ParameterType == typeof(PipelineRun))
        {
            return new HandlerArgument.Run();
        }

        if (info.ParameterType == typeof(CancellationToken))
        {
            return new HandlerArgument.Cancellation();
        }

        if (IsService(info, out var key))
        {
            var isOptional = info.HasDefaultValue || new NullabilityInfoContext().Create(info).WriteState == NullabilityState.Nullable;
            return new HandlerArgument.Service(info, key, isOptional);
        }

        return new HandlerArgument.Json(info, parameters.Add(info));
    }

    private bool IsService(ParameterInfo info, out object? key)
    {
        key = info.GetCustomAttribute<FromKeyedServicesAttribute>()?.Key;
        return key is not null
            || info.GetCustomAttributes().OfType<IFromServiceMetadata>().Any()
            || (!IsSequence(info.ParameterType) && services.IsService(info.ParameterType));
    }

    // Every IEnumerable<T> counts as a service (of none, if need be), which would make an empty list of each such parameter.
    private static bool IsSequence(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEnumerable<>);
}
