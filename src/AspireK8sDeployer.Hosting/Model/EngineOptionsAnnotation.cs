using Aspire.Hosting.ApplicationModel;
using AspireK8sDeployer.Engine;

namespace AspireK8sDeployer.Hosting.Model;

/// <summary>How a deployer deploys, as code says it.</summary>
internal sealed record EngineOptionsAnnotation(Action<DeploymentEngineOptions> Configure) : IResourceAnnotation;
