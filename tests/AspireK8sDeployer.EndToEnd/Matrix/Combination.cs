using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.EndToEnd.Matrix;

/// <summary>An option of each group, at once.</summary>
internal sealed record Combination(IReadOnlyList<SettingOption> Options)
{
    public bool Restricted => Options.All(option => option.Restricted);

    public DeploymentSettings Apply(DeploymentSettings settings) => Options.Aggregate(settings, (changed, option) => option.Change(changed));

    /// <summary>The options' names, for a failure.</summary>
    public override string ToString() => string.Join(", ", Options.Select(option => option.Name));
}
