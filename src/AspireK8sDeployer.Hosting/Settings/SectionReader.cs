using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Hosting.Settings.Rows;
using Microsoft.Extensions.Configuration;

namespace AspireK8sDeployer.Hosting.Settings;

/// <summary>Takes settings from a section of configuration; a key that is no setting is a mistake.</summary>
internal static class SectionReader
{
    private static readonly Dictionary<string, SettingRow> Rows = SettingRows.Deployment.ToDictionary(row => row.Name, StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> Groups = SettingRows.Deployment
        .Where(row => row.Name.Contains(':')).Select(row => row.Name[..row.Name.IndexOf(':')]).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <param name="section">The section of a deployment or a deployer.</param>
    /// <param name="otherKeys">Keys that are no settings of a deployment, and known to somebody else.</param>
    /// <param name="options">Where settings go.</param>
    /// <param name="errors">Where mistakes go.</param>
    public static void Read(IConfigurationSection section, IReadOnlyList<string> otherKeys, PipelineDeploymentOptions options, ICollection<SettingsError> errors)
    {
        foreach (var child in section.GetChildren().Where(child => !otherKeys.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
        {
            if (Groups.Contains(child.Key))
            {
                ReadGroup(child, options, errors);
            }
            else
            {
                Read(child, child.Key, otherKeys.Except(SettingRows.DeploymentSections), options, errors);
            }
        }
    }

    private static void ReadGroup(IConfigurationSection group, PipelineDeploymentOptions options, ICollection<SettingsError> errors)
    {
        foreach (var child in group.GetChildren())
        {
            Read(child, $"{group.Key}:{child.Key}", [], options, errors);
        }
    }

    private static void Read(
        IConfigurationSection section, string name, IEnumerable<string> otherKeys, PipelineDeploymentOptions options, ICollection<SettingsError> errors)
    {
        if (Rows.TryGetValue(name, out var row))
        {
            row.Read(options, section, errors);
        }
        else
        {
            errors.Add(new SettingsError(section.Path, "is not a setting", NearestName.Suggestion(section.Key, [.. KnownBeside(name).Concat(otherKeys).Order(StringComparer.Ordinal)])));
        }
    }

    private static IEnumerable<string> KnownBeside(string name)
    {
        var group = name[..(name.IndexOf(':') + 1)];
        return group.Length > 0
            ? SettingRows.Deployment.Where(row => row.Name.StartsWith(group, StringComparison.OrdinalIgnoreCase)).Select(row => row.Name[group.Length..])
            : SettingRows.Deployment.Where(row => !row.Name.Contains(':')).Select(row => row.Name).Concat(Groups);
    }
}
