using System.Reflection;

namespace AspireK8sDeployer.Serving.Binding;

/// <summary>Where an argument of the user's delegate comes from.</summary>
internal abstract record HandlerArgument
{
    /// <summary>The body of the invocation: the value at <paramref name="Index"/> of those that were bound.</summary>
    public sealed record Json(ParameterInfo Info, int Index) : HandlerArgument;

    public sealed record Service(ParameterInfo Info, object? Key, bool IsOptional) : HandlerArgument;

    public sealed record Run : HandlerArgument;

    public sealed record Cancellation : HandlerArgument;
}
