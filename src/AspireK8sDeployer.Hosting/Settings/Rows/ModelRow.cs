using System.Linq.Expressions;
using AspireK8sDeployer.Engine.Settings;
using Microsoft.Extensions.Configuration;

namespace AspireK8sDeployer.Hosting.Settings.Rows;

/// <summary>A setting that has one of the Kubernetes API's own types, or a list of it.</summary>
internal sealed class ModelRow<T>(string name, string example, OptionMember<T?> member) : SettingRow(name, member.Name, $"{name}:{example}")
    where T : class
{
    public ModelRow(string name, string example, Expression<Func<PipelineDeploymentOptions, T?>> member)
        : this(name, example, new OptionMember<T?>(member))
    {
    }

    public override void Read(PipelineDeploymentOptions options, IConfigurationSection section, ICollection<SettingsError> errors)
    {
        var found = new List<SettingsError>();
        if (new ModelReader(found).Read<T>(section) is { } model && found.Count == 0)
        {
            member.Set(options, model);
        }

        foreach (var error in found)
        {
            errors.Add(error);
        }
    }
}
