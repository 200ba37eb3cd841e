namespace AspireK8sDeployer.Engine.Endpoint;

/// <summary>An address at which a pipeline may answer.</summary>
internal sealed record EndpointCandidate(Uri Url, string Source);
