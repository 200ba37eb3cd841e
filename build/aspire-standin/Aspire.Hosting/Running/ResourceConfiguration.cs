using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>The environment and the arguments of a resource: what its callbacks say, with every value resolved.</summary>
internal static class ResourceConfiguration
{
    public static async Task<Dictionary<string, string?>> EnvironmentAsync(
        IResource resource, DistributedApplicationExecutionContext context, CancellationToken cancellationToken)
    {
        var callbackContext = new EnvironmentCallbackContext(context, resource, cancellationToken: cancellationToken);
        foreach (var callback in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            await callback.Callback(callbackContext);
        }

        var environment = new Dictionary<string, string?>();
        foreach (var (name, value) in callbackContext.EnvironmentVariables)
        {
            environment[name] = await ValueAsync(value, resource, context, cancellationToken);
        }

        return environment;
    }

    public static async Task<List<string>> ArgumentsAsync(
        IResource resource, DistributedApplicationExecutionContext context, CancellationToken cancellationToken)
    {
        var callbackContext = new CommandLineArgsCallbackContext([], resource, cancellationToken) { ExecutionContext = context };
        foreach (var callback in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>())
        {
            await callback.Callback(callbackContext);
        }

        var arguments = new List<string>();
        foreach (var argument in callbackContext.Args)
        {
            if (await ValueAsync(argument, resource, context, cancellationToken) is { } value)
            {
                arguments.Add(value);
            }
        }

        return arguments;
    }

    private static async Task<string?> ValueAsync(
        object value, IResource caller, DistributedApplicationExecutionContext context, CancellationToken cancellationToken) => value switch
        {
            string text => text,
            IResourceBuilder<IResource> builder => await ValueAsync(builder.Resource, caller, context, cancellationToken),
            IValueProvider provider => await provider.GetValueAsync(
                new ValueProviderContext { Caller = caller, ExecutionContext = context }, cancellationToken),
            _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture),
        };
}
