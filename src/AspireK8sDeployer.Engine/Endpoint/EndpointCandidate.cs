namespace AspireK8sDeployer.Engine.Endpoint;

/// <summary>An address at which a pipeline may answer.</summary>
/// <param name="Url">The address.</param>
/// <param name="Source">What gives it.</param>
internal sealed record EndpointCandidate(Uri Url, string Source)
{
    /// <summary>
    /// Whether the address means something inside the cluster only. From outside it leads nowhere, or to somebody else
    /// who has the same address in another network.
    /// </summary>
    public bool IsInternal => Source == EndpointCandidates.InCluster;
}
