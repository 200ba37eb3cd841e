using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireK8sDeployer.Engine.Settings;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.Hosting.Settings;

/// <summary>Gathers a deployment's environment from what the AppHost attaches to its resource.</summary>
internal static class EnvironmentResolver
{
    // Aspire sets these for the ports and certificates of its own run. In a container there is one port, the Service's, and
    // the deployed environment says which.
    private static readonly string[] PortVariables =
    [
        "ASPNETCORE_HTTP_PORTS", "ASPNETCORE_HTTPS_PORTS", "ASPNETCORE_URLS", "DOTNET_URLS", "HTTP_PORTS", "HTTPS_PORTS",
    ];

    public static async Task<IReadOnlyDictionary<string, EnvironmentValue>> ResolveAsync(
        IResource deployment,
        DistributedApplicationExecutionContext executionContext,
        bool readSecrets,
        ILogger logger,
        ICollection<SettingsError> errors,
        CancellationToken cancellationToken)
    {
        var context = new EnvironmentCallbackContext(executionContext, deployment, cancellationToken: cancellationToken) { Logger = logger };
        foreach (var annotation in deployment.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            await annotation.Callback(context).ConfigureAwait(false);
        }

        var reader = new EnvironmentValueReader(executionContext, readSecrets);
        var values = new SortedDictionary<string, EnvironmentValue>(StringComparer.Ordinal);
        foreach (var (name, value) in context.EnvironmentVariables.Where(variable => !IsOfAspiresOwnRun(variable.Key, variable.Value)))
        {
            try
            {
                values[name] = await reader.ReadAsync(value, cancellationToken).ConfigureAwait(false);
            }
            catch (MissingParameterValueException missing)
            {
                errors.Add(new SettingsError($"Environment {name}", missing.Message, SettingValueReader.Fix));
            }
            catch (UndeployedReferenceException undeployed)
            {
                errors.Add(new SettingsError(
                    $"Environment {name}", undeployed.Message,
                    "deploy it too, with AddPipelineDeployment, or give its address as a parameter when publishing"));
            }
        }

        return values;
    }

    private static bool IsOfAspiresOwnRun(string name, object value) =>
        PortVariables.Contains(name, StringComparer.OrdinalIgnoreCase)
        || name.StartsWith("Kestrel__Endpoints__", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("Kestrel__Certificates__", StringComparison.OrdinalIgnoreCase)
        || IsHttpsOf(value);

    // services__greeter__https__0: nothing in the cluster serves TLS, so the address would only mislead.
    private static bool IsHttpsOf(object value) => value switch
    {
        EndpointReference endpoint => endpoint.Scheme == "https",
        EndpointReferenceExpression endpoint => endpoint.Endpoint.Scheme == "https",
        _ => false,
    };
}
