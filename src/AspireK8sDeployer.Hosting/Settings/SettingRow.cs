using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace AspireK8sDeployer.Hosting.Settings;

/// <summary>A setting that configuration can give: its name, what a value looks like, and where it goes.</summary>
/// <param name="Name">The key below the deployment's or the deployer's section.</param>
/// <param name="Example">A value, for the message about a wrong one.</param>
/// <param name="TrySet">Sets it, unless the value cannot be read.</param>
internal sealed record SettingRow(string Name, string Example, Func<DeploymentOptions, IConfigurationSection, bool> TrySet)
{
    public static SettingRow Text(string name, string example, Action<DeploymentOptions, string> set) =>
        new(name, example, (options, section) => section.Value is { } value && Done(() => set(options, value)));

    public static SettingRow Integer(string name, string example, Action<DeploymentOptions, int> set) =>
        new(name, example, (options, section) =>
            int.TryParse(section.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && Done(() => set(options, value)));

    public static SettingRow Number(string name, string example, Action<DeploymentOptions, double> set) =>
        new(name, example, (options, section) =>
            double.TryParse(section.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && Done(() => set(options, value)));

    public static SettingRow Duration(string name, string example, Action<DeploymentOptions, TimeSpan> set) =>
        new(name, example, (options, section) =>
            TimeSpan.TryParse(section.Value, CultureInfo.InvariantCulture, out var value) && Done(() => set(options, value)));

    public static SettingRow Choice<T>(string name, Action<DeploymentOptions, T> set) where T : struct, Enum =>
        new(name, string.Join(", ", Enum.GetNames<T>()), (options, section) =>
            Enum.TryParse<T>(section.Value, ignoreCase: true, out var value) && Enum.IsDefined(value) && Done(() => set(options, value)));

    public static SettingRow List(string name, string example, Action<DeploymentOptions, IReadOnlyList<string>> set) =>
        new(name, example, (options, section) =>
            (section.Value is null || section.Value.Length > 0) && Done(() => set(options, ValuesOf(section))));

    public static SettingRow Map(string name, string example, Func<DeploymentOptions, IDictionary<string, string>> target) =>
        new(name, example, (options, section) => section.Value is null && Done(() =>
        {
            // A key may hold a colon, which configuration takes for one more level.
            foreach (var (key, value) in section.AsEnumerable(makePathsRelative: true).Where(pair => pair.Value is not null))
            {
                target(options)[key] = value!;
            }
        }));

    private static string[] ValuesOf(IConfigurationSection section) => section.Value is { } value
        ? value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        : [.. section.GetChildren().Select(child => child.Value).OfType<string>()];

    private static bool Done(Action set)
    {
        set();
        return true;
    }
}
