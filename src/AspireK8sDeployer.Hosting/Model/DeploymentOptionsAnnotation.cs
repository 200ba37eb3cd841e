using Aspire.Hosting.ApplicationModel;
using AspireK8sDeployer.Hosting.Settings;

namespace AspireK8sDeployer.Hosting.Model;

/// <summary>Settings that a call in the AppHost gives; later calls are applied over earlier ones.</summary>
internal sealed record DeploymentOptionsAnnotation(Action<DeploymentOptions> Configure) : IResourceAnnotation;
