using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Tests.Stages;

/// <summary>Keeps what goes over the wire.</summary>
internal sealed class RecordingTransport(IClusterTransport inner) : IClusterTransport
{
    private readonly List<string> _requests = [];

    public Uri Server => inner.Server;

    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    public IReadOnlyList<string> Writes => [.. Requests.Where(request => !request.StartsWith("GET", StringComparison.Ordinal) && !request.Contains("dryRun", StringComparison.Ordinal))];

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        lock (_requests)
        {
            _requests.Add($"{request.Method} {request.RequestUri!.PathAndQuery.TrimStart('/')}");
        }

        return inner.SendAsync(request, cancellationToken);
    }

    public void Dispose() => inner.Dispose();
}
