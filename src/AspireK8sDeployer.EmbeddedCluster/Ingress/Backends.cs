using System.Collections.Concurrent;
using AspireK8sDeployer.EmbeddedCluster.Controllers;
using AspireK8sDeployer.EmbeddedCluster.Ingress.Routing;
using AspireK8sDeployer.EmbeddedCluster.Network;

namespace AspireK8sDeployer.EmbeddedCluster.Ingress;

/// <summary>The endpoints of every backend that a route names.</summary>
internal sealed class Backends(TimeProvider time)
{
    private readonly ConcurrentDictionary<IngressBackend, EndpointBalancer> _balancers = new();

    public EndpointBalancer? Find(IngressBackend backend) => _balancers.GetValueOrDefault(backend);

    public IEnumerable<IngressBackend> Of(ObjectKey service) => _balancers.Keys.Where(backend => backend.Service == service);

    public void Update(IngressBackend backend, IReadOnlyCollection<Endpoint> endpoints) =>
        _balancers.GetOrAdd(backend, _ => new EndpointBalancer(time)).Update(endpoints, affinityTimeout: null);

    /// <summary>Keeps these only. Returns the ones that are not known yet.</summary>
    public IReadOnlyList<IngressBackend> Keep(IReadOnlySet<IngressBackend> named)
    {
        foreach (var forgotten in _balancers.Keys.Where(backend => !named.Contains(backend)))
        {
            _balancers.TryRemove(forgotten, out _);
        }

        return [.. named.Where(backend => !_balancers.ContainsKey(backend))];
    }
}
