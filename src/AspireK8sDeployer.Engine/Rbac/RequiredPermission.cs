using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Rbac;

/// <summary>Something that a deployer must be allowed to do.</summary>
/// <param name="Permission">What.</param>
/// <param name="Namespace">Where; null for what is in no namespace.</param>
/// <param name="Without">What is missing without it, when the deployment itself is not.</param>
internal sealed record RequiredPermission(Permission Permission, string? Namespace, string? Without = null);
