using System.Collections;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.EndToEnd.Matrix;

/// <summary>Settings that belong together, and the ways to fill them.</summary>
internal sealed class SettingGroup(string name) : IEnumerable<SettingOption>
{
    private readonly List<SettingOption> _options = [];

    public IReadOnlyList<SettingOption> Options => _options;

    public void Add(string option, Func<DeploymentSettings, DeploymentSettings> change, bool restricted = true) =>
        _options.Add(new SettingOption($"{name}: {option}", change, restricted));

    public IEnumerator<SettingOption> GetEnumerator() => _options.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
