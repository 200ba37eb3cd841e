using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Hosting.Settings;

/// <summary>
/// Reads values that parameters or expressions give. A parameter without a value, or with one that cannot be read, is a mistake like any
/// other.
/// </summary>
/// <param name="errors">Where mistakes go.</param>
/// <param name="readSecrets">Whether secrets are read at all, where one may be given.</param>
internal sealed class SettingValueReader(ICollection<SettingsError> errors, bool readSecrets = true)
{
    internal const string Fix = "give the parameter a value: Parameters__<name>=… in the environment, or the Parameters section of appsettings.json";

    // Deployers are there only when publishing.
    private static readonly DistributedApplicationExecutionContext Publishing = new(DistributedApplicationOperation.Publish);

    private readonly EnvironmentValueReader _visible = new(Publishing, readSecrets: false);
    private readonly EnvironmentValueReader _hidden = new(Publishing, readSecrets);

    /// <summary>The value; null, and a mistake in the errors, when it cannot be had.</summary>
    /// <param name="value">The value, or what gives it.</param>
    /// <param name="setting">The setting's name.</param>
    /// <param name="example">A value that it may have.</param>
    /// <param name="maySecret">Whether a secret may give it, since nothing ever shows it.</param>
    /// <param name="cancellationToken">Ends the wait for a parameter.</param>
    public async Task<SettingValue<T>?> ReadAsync<T>(
        SettingValue<T> value, string setting, string example, bool maySecret, CancellationToken cancellationToken)
    {
        if (value.Source is not { } source)
        {
            return value;
        }

        if (await TextAsync(source, setting, maySecret, cancellationToken).ConfigureAwait(false) is not { } text)
        {
            return null;
        }

        if (SettingText.TryParse<T>(text, out var parsed))
        {
            return parsed;
        }

        errors.Add(new SettingsError(setting, $"is \"{text}\" by {Described(source)}, which cannot be read", $"give it {SettingText.OneLike(example)}"));
        return null;
    }

    private async Task<string?> TextAsync(IExpressionValue source, string setting, bool maySecret, CancellationToken cancellationToken)
    {
        var missing = await MissingAsync(source, maySecret, cancellationToken).ConfigureAwait(false);
        foreach (var parameter in missing)
        {
            errors.Add(new SettingsError(setting, $"is given by the parameter \"{parameter}\", which has no value", Fix.Replace("<name>", parameter.Replace('-', '_'), StringComparison.Ordinal)));
        }

        if (missing.Count > 0)
        {
            return null;
        }

        try
        {
            var read = await (maySecret ? _hidden : _visible).ReadAsync(source, cancellationToken).ConfigureAwait(false);
            if (read.IsSecret && !maySecret)
            {
                errors.Add(new SettingsError(
                    setting, $"is given by {Described(source)}, which is secret, but everybody who can see the deployment's objects could read it",
                    "use a parameter that is not secret; hand secrets to the pipeline with .WithEnvironment"));
                return null;
            }

            // Where secrets are not read, what gives one stands for it.
            return read.IsSecret && !readSecrets ? source.ValueExpression : read.Text;
        }
        catch (UndeployedReferenceException undeployed)
        {
            errors.Add(new SettingsError(setting, undeployed.Message, "deploy it too, with AddPipelineDeployment, or give its address as a parameter"));
            return null;
        }
    }

    // All of them at once, where asking for the whole text would tell one at a time.
    private async Task<IReadOnlyList<string>> MissingAsync(IValueProvider source, bool maySecret, CancellationToken cancellationToken)
    {
        var missing = new List<string>();
        foreach (var parameter in ParametersOf(source).Where(parameter => !parameter.Secret || (maySecret && readSecrets)).Distinct())
        {
            try
            {
                if (string.IsNullOrEmpty(await parameter.GetValueAsync(cancellationToken).ConfigureAwait(false)))
                {
                    missing.Add(parameter.Name);
                }
            }
            catch (MissingParameterValueException)
            {
                missing.Add(parameter.Name);
            }
        }

        return missing;
    }

    private static string Described(IExpressionValue source) => source is ParameterResource parameter ? $"the parameter \"{parameter.Name}\"" : source.ValueExpression;

    private static IEnumerable<ParameterResource> ParametersOf(IValueProvider? source) => source switch
    {
        ParameterResource parameter => [parameter],
        ReferenceExpression { IsConditional: true } expression => ParametersOf(expression.Condition),
        ReferenceExpression expression => expression.ValueProviders.SelectMany(ParametersOf),
        _ => [],
    };
}
