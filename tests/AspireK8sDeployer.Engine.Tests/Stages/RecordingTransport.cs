using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Tests.Stages;

/// <summary>Keeps what goes over the wire, and can end as a killed process does: after a write, nothing goes any more.</summary>
internal sealed class RecordingTransport(IClusterTransport inner) : IClusterTransport
{
    private readonly List<string> _requests = [];
    private int _writes;

    public Uri Server => inner.Server;

    /// <summary>The number of the write that is the last one; none when 0.</summary>
    public int DiesAfterWrite { get; init; }

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

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var text = $"{request.Method} {request.RequestUri!.PathAndQuery.TrimStart('/')}";
        lock (_requests)
        {
            if (DiesAfterWrite > 0 && _writes >= DiesAfterWrite)
            {
                throw new KilledException();
            }

            _requests.Add(text);
            _writes += Writes.Count > _writes ? 1 : 0;
        }

        return await inner.SendAsync(request, cancellationToken);
    }

    public void Dispose() => inner.Dispose();
}

internal sealed class KilledException : Exception;
