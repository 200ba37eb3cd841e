using System.Linq.Expressions;
using AspireK8sDeployer.Engine.Settings;
using Microsoft.Extensions.Configuration;

namespace AspireK8sDeployer.Hosting.Settings.Rows;

/// <summary>A setting of several texts.</summary>
internal sealed class ListRow(string name, string example, OptionMember<IReadOnlyList<SettingValue<string>>?> member) : SettingRow(name, member.Name, example)
{
    public ListRow(string name, string example, Expression<Func<PipelineDeploymentOptions, IReadOnlyList<SettingValue<string>>?>> member)
        : this(name, example, new OptionMember<IReadOnlyList<SettingValue<string>>?>(member))
    {
    }

    /// <summary>Whether one text may hold them all, with commas between them; false where a text may itself have a comma.</summary>
    public bool SplitsAtCommas { get; init; } = true;

    public override void Read(PipelineDeploymentOptions options, IConfigurationSection section, ICollection<SettingsError> errors)
    {
        if (TextsOf(section) is { } texts)
        {
            member.Set(options, [.. texts]);
        }
        else
        {
            errors.Add(Unreadable(section));
        }
    }

    public override async Task ResolveAsync(PipelineDeploymentOptions options, SettingValueReader reader, CancellationToken cancellationToken)
    {
        if (member.Get(options) is not { } values || values.All(value => value.Source is null))
        {
            return;
        }

        var resolved = new List<SettingValue<string>>();
        foreach (var value in values)
        {
            var known = await reader.ReadAsync(value, Setting, Example, maySecret: false, cancellationToken).ConfigureAwait(false);
            resolved.AddRange(known is null ? [] : value.Source is not null && SplitsAtCommas ? [.. Split(known.Value)] : [known]);
        }

        member.Set(options, resolved);
    }

    private IEnumerable<SettingValue<string>>? TextsOf(IConfigurationSection section)
    {
        if (section.Value is { } text)
        {
            return SplitsAtCommas && text.Length > 0 ? Split(text) : null;
        }

        var entries = section.GetChildren().ToList();
        return entries.TrueForAll(entry => entry.Value is not null) ? entries.Select(entry => (SettingValue<string>)entry.Value!) : null;
    }

    private static IEnumerable<SettingValue<string>> Split(string text) =>
        text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(part => (SettingValue<string>)part);
}
