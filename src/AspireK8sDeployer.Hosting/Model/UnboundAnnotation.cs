using Aspire.Hosting.ApplicationModel;

namespace AspireK8sDeployer.Hosting.Model;

/// <summary>Says why no deployer takes a pipeline deployment; publish and deploy report it.</summary>
internal sealed record UnboundAnnotation(string Problem, string Fix) : IResourceAnnotation;
