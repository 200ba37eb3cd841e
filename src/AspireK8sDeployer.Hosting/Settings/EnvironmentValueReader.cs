using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireK8sDeployer.Hosting.Model;

namespace AspireK8sDeployer.Hosting.Settings;

/// <summary>
/// Turns what the AppHost puts into an environment variable into text. A value is secret as soon as one secret parameter is
/// anywhere in it.
/// </summary>
/// <param name="executionContext">How the AppHost runs.</param>
/// <param name="readSecrets">False when publishing: a secret is then never read, and its text is the expression that names it.</param>
internal sealed class EnvironmentValueReader(DistributedApplicationExecutionContext executionContext, bool readSecrets)
{
    public async Task<EnvironmentValue> ReadAsync(object? value, CancellationToken cancellationToken) => value switch
    {
        null => new EnvironmentValue("", false),
        string text => new EnvironmentValue(text, false),
        bool flag => new EnvironmentValue(flag ? "true" : "false", false),
        ParameterResource { Secret: true } parameter when !readSecrets => new EnvironmentValue(parameter.ValueExpression, true),
        ParameterResource { Secret: true } parameter => EnvironmentValue.OfSecret(await ProvidedAsync(parameter, cancellationToken).ConfigureAwait(false)),
        EndpointReference endpoint => await ReadAsync(AddressOf(endpoint.Property(EndpointProperty.Url)), cancellationToken).ConfigureAwait(false),
        EndpointReferenceExpression endpoint => await ReadAsync(AddressOf(endpoint), cancellationToken).ConfigureAwait(false),
        ConnectionStringReference connection => await ReadConnectionAsync(connection.Resource, cancellationToken).ConfigureAwait(false),
        IResourceWithConnectionString connection => await ReadConnectionAsync(connection, cancellationToken).ConfigureAwait(false),
        ReferenceExpression expression => await ComposeAsync(expression, cancellationToken).ConfigureAwait(false),
        IResourceBuilder<IResource> builder => await ReadAsync(builder.Resource, cancellationToken).ConfigureAwait(false),
        IValueProvider provider => new EnvironmentValue(await ProvidedAsync(provider, cancellationToken).ConfigureAwait(false), false),
        IFormattable formattable => new EnvironmentValue(formattable.ToString(null, CultureInfo.InvariantCulture), false),
        _ => new EnvironmentValue(value.ToString() ?? "", false),
    };

    // Whatever it is made of, who has a connection string can connect.
    private async Task<EnvironmentValue> ReadConnectionAsync(IResourceWithConnectionString connection, CancellationToken cancellationToken) => readSecrets
        ? await ReadAsync(connection.ConnectionStringExpression, cancellationToken).ConfigureAwait(false) with { IsSecret = true }
        : new EnvironmentValue(ExpressionOf(connection), true);

    // One that nothing is put into is a secret itself.
    private static string ExpressionOf(IResourceWithConnectionString connection) =>
        connection.ConnectionStringExpression is { ValueProviders.Count: > 0 } expression ? expression.ValueExpression : $"{{{connection.Name}.connectionString}}";

    private async Task<EnvironmentValue> ComposeAsync(ReferenceExpression expression, CancellationToken cancellationToken)
    {
        if (expression.IsConditional)
        {
            var condition = await ReadAsync(expression.Condition, cancellationToken).ConfigureAwait(false);
            var isMatch = string.Equals(condition.Text, expression.MatchValue, StringComparison.OrdinalIgnoreCase);
            return await ReadAsync(isMatch ? expression.WhenTrue : expression.WhenFalse, cancellationToken).ConfigureAwait(false);
        }

        var parts = new EnvironmentValue[expression.ValueProviders.Count];
        for (var index = 0; index < parts.Length; index++)
        {
            var part = await ReadAsync(expression.ValueProviders[index], cancellationToken).ConfigureAwait(false);
            parts[index] = Formatted(part, expression.StringFormats[index]);
        }

        var text = string.Format(CultureInfo.InvariantCulture, expression.Format, [.. parts.Select(part => part.Text)]);
        return new EnvironmentValue(text, parts.Any(part => part.IsSecret)) { Secrets = [.. parts.SelectMany(part => part.Secrets)] };
    }

    private async Task<string> ProvidedAsync(IValueProvider provider, CancellationToken cancellationToken)
    {
        var context = new ValueProviderContext { ExecutionContext = executionContext };
        return await provider.GetValueAsync(context, cancellationToken).ConfigureAwait(false) ?? "";
    }

    // Asked itself, an endpoint waits until it is allocated, which happens only when the AppHost runs its resources.
    private static ReferenceExpression AddressOf(EndpointReferenceExpression endpoint)
    {
        var resource = endpoint.Endpoint.Resource;
        var environment = resource.GetComputeEnvironment();

        // Aspire binds every compute resource to the only environment there is, but a deployer deploys pipelines alone.
        return environment is null || (environment is KubernetesDeployerResource && !DeployerBinding.IsPipelineDeployment(resource))
            ? throw new UndeployedReferenceException(resource.Name, endpoint.Endpoint.EndpointName)
            : environment.GetEndpointPropertyExpression(endpoint);
    }

    // A program that takes an address apart prints its secrets unescaped.
    private EnvironmentValue Formatted(EnvironmentValue part, string? format) => format switch
    {
        "uri" when part.IsSecret && !readSecrets => part with { Text = $"{part.Text.TrimEnd('}')}:uri}}" },
        "uri" => part with { Text = Uri.EscapeDataString(part.Text), Secrets = [.. part.Secrets, .. part.Secrets.Select(Uri.EscapeDataString)] },
        _ => part,
    };
}
