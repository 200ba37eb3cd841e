using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Hosting.Settings;

/// <summary>Reads a value that may be a parameter; a parameter without a value is a mistake like any other.</summary>
internal static class ValueReader
{
    public static async Task<string?> ReadAsync(
        ReferenceExpression value, string setting, ICollection<SettingsError> errors, CancellationToken cancellationToken)
    {
        try
        {
            return await value.GetValueAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (MissingParameterValueException missing)
        {
            errors.Add(new SettingsError(setting, missing.Message, Fix));
            return null;
        }
    }

    internal const string Fix = "give the parameter a value: Parameters__<name>=… in the environment, or the Parameters section of appsettings.json";
}
