namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>Carries one HTTP request to the cluster and back, with credentials; no retry, no reading.</summary>
internal interface IClusterTransport : IDisposable
{
    /// <summary>The API server's address.</summary>
    Uri Server { get; }

    Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken);
}
