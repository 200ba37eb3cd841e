using System.Linq.Expressions;
using System.Reflection;

namespace AspireK8sDeployer.Serving.Binding;

/// <summary>What a delegate returns, and how its call becomes a <see cref="Task{TResult}"/> of its result.</summary>
/// <param name="Type">The type of the result, without the task around it; null when there is none.</param>
/// <param name="Adapter">A method of this type that makes the task.</param>
internal sealed record HandlerResult(Type? Type, MethodInfo Adapter)
{
    public static HandlerResult Of(Type returned)
    {
        if (returned == typeof(void))
        {
            return new HandlerResult(null, Method(nameof(FromAction)));
        }

        if (returned == typeof(Task))
        {
            return new HandlerResult(null, Method(nameof(FromTask)));
        }

        if (returned == typeof(ValueTask))
        {
            return new HandlerResult(null, Method(nameof(FromValueTask)));
        }

        var (type, adapter) = returned switch
        {
            { IsGenericType: true } when returned.GetGenericTypeDefinition() == typeof(Task<>) =>
                (returned.GenericTypeArguments[0], nameof(FromTaskOf)),
            { IsGenericType: true } when returned.GetGenericTypeDefinition() == typeof(ValueTask<>) =>
                (returned.GenericTypeArguments[0], nameof(FromValueTaskOf)),
            _ => (returned, nameof(FromFunction)),
        };
        return new HandlerResult(type, Method(adapter).MakeGenericMethod(type));
    }

    public Expression ToTask(Expression call) => Adapter.GetParameters()[0].ParameterType is { } parameter
        && parameter.IsAssignableTo(typeof(Delegate))
        ? Expression.Call(Adapter, Expression.Lambda(parameter, call))
        : Expression.Call(Adapter, call);

    private static MethodInfo Method(string name) =>
        typeof(HandlerResult).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!;

    // Code that blocks its thread must not block the request too, or its time-out could not be answered.
    private static Task<object?> FromAction(Action action) => Task.Run(object? () =>
    {
        action();
        return null;
    });

    private static Task<object?> FromFunction<T>(Func<T> function) => Task.Run(object? () => function());

    private static async Task<object?> FromTask(Task task)
    {
        await task.ConfigureAwait(false);
        return null;
    }

    private static async Task<object?> FromTaskOf<T>(Task<T> task) => await task.ConfigureAwait(false);

    private static async Task<object?> FromValueTask(ValueTask task)
    {
        await task.ConfigureAwait(false);
        return null;
    }

    private static async Task<object?> FromValueTaskOf<T>(ValueTask<T> task) => await task.ConfigureAwait(false);
}
