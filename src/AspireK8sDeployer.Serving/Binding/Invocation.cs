namespace AspireK8sDeployer.Serving.Binding;

/// <summary>The body of an invocation, bound to a pipeline.</summary>
/// <param name="Arguments">The values of the pipeline's parameters, in its order.</param>
/// <param name="Given">Where in the body each of them stands.</param>
/// <param name="RunName">The name that the caller wants for the run.</param>
/// <param name="Timeout">After how long the run is cancelled.</param>
internal sealed record Invocation(object?[] Arguments, GivenValue[] Given, string? RunName, TimeSpan Timeout);
