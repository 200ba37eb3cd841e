using System.Linq.Expressions;
using AspireK8sDeployer.Engine.Settings;
using Microsoft.Extensions.Configuration;

namespace AspireK8sDeployer.Hosting.Settings.Rows;

/// <summary>A setting of several texts that cannot be parameters.</summary>
internal sealed class TextsRow(string name, string example, OptionMember<IList<string>> member) : SettingRow(name, member.Name, example)
{
    public TextsRow(string name, string example, Expression<Func<PipelineDeploymentOptions, IList<string>>> member)
        : this(name, example, new OptionMember<IList<string>>(member))
    {
    }

    public override void Read(PipelineDeploymentOptions options, IConfigurationSection section, ICollection<SettingsError> errors)
    {
        var texts = section.Value is { } text
            ? text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : section.GetChildren().Select(entry => entry.Value).ToArray();
        if (texts.Length > 0 && texts.All(entry => entry is not null))
        {
            member.Set(options, texts!);
        }
        else
        {
            errors.Add(Unreadable(section));
        }
    }
}
