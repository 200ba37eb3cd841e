using System.Linq.Expressions;
using AspireK8sDeployer.Engine.Settings;
using Microsoft.Extensions.Configuration;

namespace AspireK8sDeployer.Hosting.Settings.Rows;

/// <summary>A setting of texts by key. What is given is added; a key that was there before gets the new text.</summary>
internal sealed class MapRow(string name, string example, OptionMember<IDictionary<string, SettingValue<string>>> member)
    : SettingRow(name, member.Name, $"{name}:{example}")
{
    public MapRow(string name, string example, Expression<Func<PipelineDeploymentOptions, IDictionary<string, SettingValue<string>>>> member)
        : this(name, example, new OptionMember<IDictionary<string, SettingValue<string>>>(member))
    {
    }

    public override void Read(PipelineDeploymentOptions options, IConfigurationSection section, ICollection<SettingsError> errors)
    {
        if (!string.IsNullOrEmpty(section.Value))
        {
            errors.Add(Unreadable(section));
            return;
        }

        // A key may hold a colon, which configuration takes for one more level.
        var map = member.Get(options);
        foreach (var (key, value) in section.AsEnumerable(makePathsRelative: true).Where(pair => pair.Key.Length > 0 && pair.Value is not null))
        {
            map[key] = value!;
        }
    }

    public override async Task ResolveAsync(PipelineDeploymentOptions options, SettingValueReader reader, CancellationToken cancellationToken)
    {
        var map = member.Get(options);
        foreach (var (key, value) in map.Where(pair => pair.Value.Source is not null).ToList())
        {
            if (await reader.ReadAsync(value, $"{Setting}[\"{key}\"]", "some text", maySecret: false, cancellationToken).ConfigureAwait(false) is { } known)
            {
                map[key] = known;
            }
            else
            {
                map.Remove(key);
            }
        }
    }
}
