namespace AspireK8sDeployer.Hosting.Settings;

/// <summary>An environment variable needs the address of something that no deployer deploys.</summary>
internal sealed class UndeployedReferenceException(string resource, string endpoint)
    : Exception($"refers to the endpoint \"{endpoint}\" of \"{resource}\", which is not deployed to a cluster");
