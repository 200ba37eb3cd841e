namespace AspireK8sDeployer.Engine.Endpoint;

/// <summary>Where a deployed pipeline answers.</summary>
/// <param name="Url">The base address; <c>/invoke</c> and <c>/health</c> are below it.</param>
/// <param name="Source">
/// Where the address comes from: <c>ingress</c>, <c>gateway</c>, <c>load balancer</c>, <c>node port</c> or <c>cluster</c>.
/// </param>
/// <param name="Verified">Whether <c>/health</c> answered there.</param>
/// <param name="Hint">How to reach it when it is not reachable from here, for example a port-forward line.</param>
public sealed record PipelineEndpoint(Uri Url, string Source, bool Verified, string? Hint = null)
{
    /// <summary>
    /// What stands for the host of <see cref="Url"/>, because DNS does not know that (yet): an IP address, or another name.
    /// Null when the URL can be called as it is.
    /// </summary>
    public string? Address { get; init; }

    /// <summary>A handler that reaches the endpoint, also where DNS does not know its host.</summary>
    public HttpMessageHandler CreateHandler() => PinnedHandler.To(Address);
}
