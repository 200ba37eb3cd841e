using System.Linq.Expressions;
using AspireK8sDeployer.Engine.Settings;
using Microsoft.Extensions.Configuration;

namespace AspireK8sDeployer.Hosting.Settings.Rows;

/// <summary>A setting of one value.</summary>
internal sealed class ValueRow<T>(string name, string example, OptionMember<SettingValue<T>?> member) : SettingRow(name, member.Name, example)
{
    public ValueRow(string name, string example, Expression<Func<PipelineDeploymentOptions, SettingValue<T>?>> member)
        : this(name, example, new OptionMember<SettingValue<T>?>(member))
    {
    }

    /// <summary>Whether a secret parameter may give it, since nothing ever shows it.</summary>
    public bool IsSecret { get; init; }

    public override void Read(PipelineDeploymentOptions options, IConfigurationSection section, ICollection<SettingsError> errors)
    {
        if (SettingText.TryParse<T>(section.Value, out var value))
        {
            member.Set(options, value);
        }
        else
        {
            errors.Add(Unreadable(section));
        }
    }

    public override async Task ResolveAsync(PipelineDeploymentOptions options, SettingValueReader reader, CancellationToken cancellationToken)
    {
        if (member.Get(options) is { Source: not null } value)
        {
            member.Set(options, await reader.ReadAsync(value, Setting, Example, IsSecret, cancellationToken).ConfigureAwait(false));
        }
    }
}
