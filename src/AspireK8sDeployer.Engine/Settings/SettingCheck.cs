namespace AspireK8sDeployer.Engine.Settings;

/// <summary>The rules of one setting: each mistake is collected under its name, with the call that mends it.</summary>
internal readonly record struct SettingCheck(SettingsErrors Errors, string Setting, string Fix)
{
    public void Unless(bool holds, string problem) => Errors.Unless(holds, Setting, problem, Fix);

    /// <summary>The elements of a list that are there; a missing one is a mistake.</summary>
    public IReadOnlyList<T> Elements<T>(IEnumerable<T?>? list)
        where T : class
    {
        List<T?> all = [.. list ?? []];
        Unless(!all.Contains(null), "an element is null");
        return [.. all.OfType<T>()];
    }
}
