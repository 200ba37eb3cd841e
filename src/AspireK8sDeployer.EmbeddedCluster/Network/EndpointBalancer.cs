using System.Collections.Concurrent;
using System.Net;

namespace AspireK8sDeployer.EmbeddedCluster.Network;

/// <summary>Orders a Service port's endpoints for one connection: the first is tried first, the others if it refuses.</summary>
/// <remarks>
/// As kube-proxy does, only ready endpoints are used, and when there is none at all the ones that
/// terminate but still serve.
/// </remarks>
internal sealed class EndpointBalancer(TimeProvider time)
{
    private readonly ConcurrentDictionary<IPAddress, (IPEndPoint Endpoint, long At)> _affinity = new();
    private IPEndPoint[] _usable = [];
    private TimeSpan? _affinityTimeout;
    private int _next = -1;

    public bool HasEndpoints => _usable.Length > 0;

    public void Update(IReadOnlyCollection<Endpoint> endpoints, TimeSpan? affinityTimeout)
    {
        var ready = endpoints.Where(e => e.Ready).Select(e => e.Address).Distinct().ToArray();
        _usable = ready.Length > 0 ? ready : [.. endpoints.Where(e => e is { Serving: true, Terminating: true }).Select(e => e.Address).Distinct()];
        _affinityTimeout = affinityTimeout;

        if (affinityTimeout is null)
        {
            _affinity.Clear();
        }
    }

    /// <summary>Every usable endpoint once, in the order to try for this client.</summary>
    public IEnumerable<IPEndPoint> For(IPAddress client)
    {
        var usable = _usable;
        if (usable.Length == 0)
        {
            yield break;
        }

        var preferred = Remembered(client, usable);
        if (preferred is not null)
        {
            yield return preferred;
        }

        var start = (uint)Interlocked.Increment(ref _next);
        for (var i = 0u; i < usable.Length; i++)
        {
            var candidate = usable[(start + i) % (uint)usable.Length];
            if (!candidate.Equals(preferred))
            {
                yield return candidate;
            }
        }
    }

    /// <summary>Remembers which endpoint answered this client, for the Service's session affinity.</summary>
    public void Connected(IPAddress client, IPEndPoint endpoint)
    {
        if (_affinityTimeout is not null)
        {
            _affinity[client] = (endpoint, time.GetTimestamp());
        }
    }

    private IPEndPoint? Remembered(IPAddress client, IPEndPoint[] usable) =>
        _affinityTimeout is { } timeout
        && _affinity.TryGetValue(client, out var last)
        && time.GetElapsedTime(last.At) < timeout
        && usable.Contains(last.Endpoint)
            ? last.Endpoint
            : null;
}
