using AspireK8sDeployer.Engine.Settings;
using Microsoft.Extensions.Configuration;

namespace AspireK8sDeployer.Hosting.Settings.Rows;

/// <summary>A setting: its name in configuration, its name in code, and how it is read from either.</summary>
/// <param name="name">The key below the deployment's or the deployer's section.</param>
/// <param name="setting">The path to it in the options.</param>
/// <param name="example">A value, for the message about a wrong one.</param>
internal abstract class SettingRow(string name, string setting, string example)
{
    public string Name => name;

    public string Setting => setting;

    public string Example => example;

    /// <summary>Takes the setting from configuration, or adds to the errors why not.</summary>
    public abstract void Read(PipelineDeploymentOptions options, IConfigurationSection section, ICollection<SettingsError> errors);

    /// <summary>Asks parameters and expressions for the setting's value, when they are to give it.</summary>
    public virtual Task ResolveAsync(PipelineDeploymentOptions options, SettingValueReader reader, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The mistake of a value that cannot be read.</summary>
    protected SettingsError Unreadable(IConfigurationSection section) => new(
        section.Path, section.Value is null ? "has the wrong form" : $"is \"{section.Value}\", which cannot be read", $"give {SettingText.OneLike(example)}");
}
