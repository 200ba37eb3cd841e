using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireK8sDeployer.Engine.Settings;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.Hosting.Settings;

/// <summary>Gathers the command and the arguments that Aspire's own calls attach to a resource.</summary>
internal static class ArgumentsResolver
{
    public static async Task<(IReadOnlyList<string> Command, IReadOnlyList<string> Args)> ResolveAsync(
        IResource deployment,
        DistributedApplicationExecutionContext executionContext,
        ILogger logger,
        ICollection<SettingsError> errors,
        CancellationToken cancellationToken)
    {
        var context = new CommandLineArgsCallbackContext([], deployment, cancellationToken) { ExecutionContext = executionContext, Logger = logger };
        foreach (var annotation in deployment.Annotations.OfType<CommandLineArgsCallbackAnnotation>())
        {
            await annotation.Callback(context).ConfigureAwait(false);
        }

        var reader = new EnvironmentValueReader(executionContext, readSecrets: false);
        var args = new List<string>();
        foreach (var argument in context.Args)
        {
            if (await ReadAsync(reader, argument, errors, cancellationToken).ConfigureAwait(false) is { } text)
            {
                args.Add(text);
            }
        }

        return ((deployment as ContainerResource)?.Entrypoint is { } entrypoint ? [entrypoint] : [], args);
    }

    private static async Task<string?> ReadAsync(EnvironmentValueReader reader, object argument, ICollection<SettingsError> errors, CancellationToken cancellationToken)
    {
        try
        {
            var value = await reader.ReadAsync(argument, cancellationToken).ConfigureAwait(false);
            if (!value.IsSecret)
            {
                return value.Text;
            }

            errors.Add(new SettingsError("Args", "have a secret in them, which everybody who can see the pod could read", "hand it over with .WithEnvironment"));
        }
        catch (MissingParameterValueException missing)
        {
            errors.Add(new SettingsError("Args", missing.Message, SettingValueReader.Fix));
        }
        catch (UndeployedReferenceException undeployed)
        {
            errors.Add(new SettingsError("Args", undeployed.Message, "deploy it too, with AddPipelineDeployment, or give its address as a parameter when publishing"));
        }

        return null;
    }
}
