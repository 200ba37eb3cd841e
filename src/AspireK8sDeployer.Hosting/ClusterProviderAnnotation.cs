using Aspire.Hosting.ApplicationModel;

namespace AspireK8sDeployer.Hosting;

/// <summary>Gives a deployer a cluster that is started on demand, for when none is named.</summary>
/// <param name="Provider">Starts, finds and stops the cluster.</param>
public sealed record ClusterProviderAnnotation(IClusterProvider Provider) : IResourceAnnotation;
