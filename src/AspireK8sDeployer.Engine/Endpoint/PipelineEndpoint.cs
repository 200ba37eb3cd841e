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

    /// <summary>
    /// Why the certificate that is shown there is not trusted from here; null when it is, or none is shown. The pipeline is
    /// well there by all that can be told, but only who does not check the certificate can call it.
    /// </summary>
    public string? CertificateProblem { get; init; }

    /// <summary>
    /// The Service's own address where the endpoint is not verified. It leads to the pipeline inside the cluster, and from
    /// machines that the cluster's network reaches; null when there is none.
    /// </summary>
    public Uri? ServiceUrl { get; init; }

    /// <summary>A handler that reaches the endpoint, also where DNS does not know its host.</summary>
    public HttpMessageHandler CreateHandler() => PinnedHandler.To(Address);
}
