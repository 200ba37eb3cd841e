namespace AspireK8sDeployer.Engine.Endpoint;

/// <summary>An address at which a pipeline may answer.</summary>
/// <param name="Url">The address.</param>
/// <param name="Source">What gives it.</param>
/// <param name="Address">What stands for the host of the URL where DNS does not know it: an IP address or another name.</param>
internal sealed record EndpointCandidate(Uri Url, string Source, string? Address = null)
{
    /// <summary>
    /// Whether the address means something inside the cluster only. From outside it leads nowhere, or to somebody else
    /// who has the same address in another network.
    /// </summary>
    public bool IsInternal => Source == EndpointCandidates.InCluster;

    /// <summary>Whether it leads to what is below a path as well, so that the health path can be asked there.</summary>
    public bool CanBeAsked { get; init; } = true;
}
