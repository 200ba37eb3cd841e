using System.Globalization;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Controllers;
using AspireK8sDeployer.EmbeddedCluster.Controllers.Endpoints;
using AspireK8sDeployer.EmbeddedCluster.Ingress.Routing;
using AspireK8sDeployer.EmbeddedCluster.Network;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Ingress;

/// <summary>Follows the endpoints of the Services that Ingresses name.</summary>
internal sealed class BackendController : Controller
{
    private readonly Backends _backends;
    private readonly Lock _gate = new();

    public BackendController(ControllerContext context, Backends backends)
        : base(context)
    {
        _backends = backends;
        context.Hub.Subscribe<V1Service>((service, _) => EnqueueNamed(ObjectKey.Of(service)));
        context.Hub.Subscribe<V1EndpointSlice>((slice, _) =>
        {
            if (slice.Metadata.Labels?.TryGetValue(EndpointSliceController.ServiceNameLabel, out var service) == true)
            {
                EnqueueNamed(new ObjectKey(slice.Metadata.NamespaceProperty, service));
            }
        });
    }

    /// <summary>Follows these backends and no others. When this returns, the endpoints of each are known.</summary>
    public void Follow(IReadOnlySet<IngressBackend> backends)
    {
        lock (_gate)
        {
            foreach (var fresh in _backends.Keep(backends))
            {
                _backends.Update(fresh, Endpoints(fresh));
            }
        }
    }

    protected override void Reconcile(ObjectKey key)
    {
        lock (_gate)
        {
            foreach (var backend in _backends.Of(key).ToArray())
            {
                _backends.Update(backend, Endpoints(backend));
            }
        }
    }

    private void EnqueueNamed(ObjectKey service)
    {
        if (_backends.Of(service).Any())
        {
            Enqueue(service);
        }
    }

    private Endpoint[] Endpoints(IngressBackend backend)
    {
        var (space, name) = backend.Service;
        var port = Api.Get<V1Service>(space, name)?.Spec.Ports?.FirstOrDefault(candidate =>
            candidate.Name == backend.Port || candidate.Port.ToString(CultureInfo.InvariantCulture) == backend.Port);
        return port is null
            ? []
            : [.. SliceEndpoints.Of(Api.List<V1EndpointSlice>(space, $"{EndpointSliceController.ServiceNameLabel}={name}").Items, port)];
    }
}
