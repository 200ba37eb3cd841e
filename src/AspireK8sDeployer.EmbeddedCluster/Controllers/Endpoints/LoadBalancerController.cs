using System.Net;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Network;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Controllers.Endpoints;

/// <summary>Gives every Service of type LoadBalancer a loopback address of its own, as a cloud's controller gives a public one.</summary>
internal sealed class LoadBalancerController : Controller
{
    private static readonly EventSource Source = new("service-controller", Manager);

    private readonly AddressPool _addresses;
    private readonly Dictionary<ObjectKey, IPAddress> _assigned = [];

    public LoadBalancerController(ControllerContext context, AddressPool addresses)
        : base(context)
    {
        _addresses = addresses;
        foreach (var service in context.Api.List<V1Service>().Items)
        {
            // Addresses given before a restart stay what they are, where the network is still the same.
            if (Current(service) is { } address && IPAddress.TryParse(address, out var parsed) && addresses.TryTake(parsed))
            {
                _assigned[ObjectKey.Of(service)] = parsed;
            }
        }

        context.Hub.Subscribe<V1Service>((service, _) => Enqueue(ObjectKey.Of(service)));
    }

    protected override void Reconcile(ObjectKey key)
    {
        var service = Api.Get<V1Service>(key.Namespace, key.Name);
        var wanted = service is { Spec.Type: "LoadBalancer", Metadata.DeletionTimestamp: null } && string.IsNullOrEmpty(service.Spec.LoadBalancerClass);
        if (!wanted)
        {
            Release(key, service);
            return;
        }

        var fresh = !_assigned.TryGetValue(key, out var address);
        if (fresh)
        {
            Context.Events.Normal(Source, service!, "EnsuringLoadBalancer", "Ensuring load balancer");
            _assigned[key] = address = Choose(service!);
        }

        if (Current(service!) != address!.ToString())
        {
            service!.Status = new V1ServiceStatus
            {
                Conditions = service.Status?.Conditions,
                LoadBalancer = new V1LoadBalancerStatus { Ingress = [new V1LoadBalancerIngress { Ip = address.ToString(), IpMode = "VIP" }] },
            };
            Api.UpdateStatus(service, Manager);
        }

        if (fresh)
        {
            Context.Events.Normal(Source, service!, "EnsuredLoadBalancer", "Ensured load balancer");
        }
    }

    /// <summary>The address that the Service asks for, if it is one of this cluster's and free.</summary>
    private IPAddress Choose(V1Service service) =>
        IPAddress.TryParse(service.Spec.LoadBalancerIP, out var asked) && _addresses.TryTake(asked) ? asked : _addresses.Take();

    private void Release(ObjectKey key, V1Service? service)
    {
        if (_assigned.Remove(key, out var address))
        {
            _addresses.Return(address);
            if (service is not null && Current(service) is not null)
            {
                service.Status.LoadBalancer = new V1LoadBalancerStatus();
                Api.UpdateStatus(service, Manager);
            }
        }
    }

    private static string? Current(V1Service service) => service.Status?.LoadBalancer?.Ingress?.FirstOrDefault()?.Ip;
}
