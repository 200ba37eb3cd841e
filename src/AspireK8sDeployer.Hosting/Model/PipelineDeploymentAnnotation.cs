using Aspire.Hosting.ApplicationModel;

namespace AspireK8sDeployer.Hosting.Model;

/// <summary>Marks a compute resource that is a pipeline and is deployed by a Kubernetes deployer.</summary>
internal sealed record PipelineDeploymentAnnotation : IResourceAnnotation;
