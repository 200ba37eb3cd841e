namespace AspireK8sDeployer.Engine.Settings;

/// <summary>What names a deployment in a cluster.</summary>
/// <param name="Namespace">The namespace of its objects.</param>
/// <param name="Name">Its name.</param>
/// <param name="Application">The application (AppHost) that it belongs to.</param>
public sealed record DeploymentIdentity(string Namespace, string Name, string Application);
