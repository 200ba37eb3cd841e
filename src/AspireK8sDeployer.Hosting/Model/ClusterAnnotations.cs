using Aspire.Hosting.ApplicationModel;

namespace AspireK8sDeployer.Hosting.Model;

/// <summary>The kubeconfig context to deploy to.</summary>
internal sealed record KubeContextAnnotation(ReferenceExpression Context) : IResourceAnnotation;

/// <summary>The kubeconfig file to read.</summary>
internal sealed record KubeconfigAnnotation(ReferenceExpression Path) : IResourceAnnotation;

/// <summary>The namespace to deploy to: of a deployer for all it deploys, of a deployment for itself.</summary>
internal sealed record NamespaceAnnotation(ReferenceExpression Namespace) : IResourceAnnotation;
