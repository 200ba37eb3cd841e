using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Tests.Settings.Table;

/// <summary>The value of a setting, put into settings that have nothing else.</summary>
public delegate DeploymentSettings Change(DeploymentSettings settings);
