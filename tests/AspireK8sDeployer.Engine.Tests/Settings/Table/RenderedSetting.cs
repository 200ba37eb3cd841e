namespace AspireK8sDeployer.Engine.Tests.Settings.Table;

/// <summary>What a value of a setting becomes.</summary>
/// <param name="Setting">The setting's name.</param>
/// <param name="Change">Gives it the value.</param>
/// <param name="Path">The field, see <see cref="SettingPath"/>.</param>
/// <param name="Value">What is there, as JSON; null where nothing is.</param>
public sealed record RenderedSetting(string Setting, Change Change, string Path, string? Value)
{
    /// <summary>What the row is called in a test's name.</summary>
    public override string ToString() => $"{Setting}: {Path} = {Value ?? "nothing"}";
}
