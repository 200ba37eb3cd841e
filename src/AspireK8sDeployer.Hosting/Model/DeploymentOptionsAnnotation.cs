using Aspire.Hosting.ApplicationModel;

namespace AspireK8sDeployer.Hosting.Model;

/// <summary>Settings that a call in the AppHost gives; later calls are applied over earlier ones.</summary>
internal sealed record DeploymentOptionsAnnotation(Action<PipelineDeploymentOptions> Configure) : IResourceAnnotation;
