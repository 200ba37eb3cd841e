using System.Linq.Expressions;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace AspireK8sDeployer.Serving.Binding;

/// <summary>
/// Turns the user's delegate into a <see cref="PipelineHandler"/>: one compiled call, with no reflection when a request
/// comes.
/// </summary>
internal static class HandlerCompiler
{
    private static readonly ParameterExpression Arguments = Expression.Parameter(typeof(object?[]), "arguments");
    private static readonly ParameterExpression Run = Expression.Parameter(typeof(PipelineRun), "run");
    private static readonly ParameterExpression Services = Expression.Parameter(typeof(IServiceProvider), "services");

    public static PipelineHandler Compile(Delegate handler, IReadOnlyList<HandlerArgument> arguments)
    {
        var call = Expression.Invoke(Expression.Constant(handler), arguments.Select(ValueOf));
        var task = HandlerResult.Of(handler.Method.ReturnType).ToTask(call);
        return Expression.Lambda<PipelineHandler>(task, Arguments, Run, Services).Compile();
    }

    private static Expression ValueOf(HandlerArgument argument) => argument switch
    {
        HandlerArgument.Json json => Expression.Convert(
            Expression.ArrayIndex(Arguments, Expression.Constant(json.Index)), json.Info.ParameterType),
        HandlerArgument.Service service => Expression.Convert(
            Expression.Call(Resolve(service), Services, Expression.Constant(service.Info.ParameterType), Expression.Constant(service.Key)),
            service.Info.ParameterType),
        HandlerArgument.Run => Run,
        HandlerArgument.Cancellation => Expression.Property(Run, nameof(PipelineRun.CancellationToken)),
        _ => throw new ArgumentOutOfRangeException(nameof(argument)),
    };

    private static MethodInfo Resolve(HandlerArgument.Service service)
    {
        Func<IServiceProvider, Type, object?, object?> resolve = service.IsOptional ? Optional : Required;
        return resolve.Method;
    }

    private static object? Required(IServiceProvider services, Type type, object? key) =>
        key is null ? services.GetRequiredService(type) : services.GetRequiredKeyedService(type, key);

    private static object? Optional(IServiceProvider services, Type type, object? key) =>
        key is null ? services.GetService(type) : services.GetKeyedService(type, key);
}
