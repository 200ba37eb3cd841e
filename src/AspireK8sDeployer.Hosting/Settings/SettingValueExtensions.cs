namespace AspireK8sDeployer.Hosting.Settings;

/// <summary>Takes the values out of settings, once they are known.</summary>
internal static class SettingValueExtensions
{
    public static T Or<T>(this SettingValue<T>? value, T fallback) => value is null ? fallback : value.Value;

    public static T? OrNull<T>(this SettingValue<T>? value) where T : struct => value?.Value;

    public static string? OrNull(this SettingValue<string>? value) => value?.Value;

    public static IReadOnlyList<string> Values(this IReadOnlyList<SettingValue<string>>? values) => [.. (values ?? []).Select(value => value.Value)];

    public static IReadOnlyDictionary<string, string> Values(this IDictionary<string, SettingValue<string>> values) =>
        values.ToDictionary(pair => pair.Key, pair => pair.Value.Value);
}
