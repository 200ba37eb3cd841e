namespace AspireK8sDeployer.Engine.Endpoint;

/// <summary>Where a deployed pipeline answers.</summary>
/// <param name="Url">The base address; <c>/invoke</c> and <c>/health</c> are below it.</param>
/// <param name="Source">Where the address comes from: <c>load balancer</c>, <c>node port</c> or <c>cluster</c>.</param>
/// <param name="Verified">Whether <c>/health</c> answered there.</param>
/// <param name="Hint">How to reach it when it is not reachable from here, for example a port-forward line.</param>
public sealed record PipelineEndpoint(Uri Url, string Source, bool Verified, string? Hint = null);
