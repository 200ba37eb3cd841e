using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.EndToEnd.Matrix;

/// <summary>One way to fill a group of settings.</summary>
/// <param name="Name">What it is called in a failure.</param>
/// <param name="Change">Fills it.</param>
/// <param name="Restricted">Whether its pods keep to the restricted Pod Security Standard.</param>
internal sealed record SettingOption(string Name, Func<DeploymentSettings, DeploymentSettings> Change, bool Restricted = true);
