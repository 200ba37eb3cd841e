using System.Net;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Controllers;
using AspireK8sDeployer.EmbeddedCluster.Controllers.Endpoints;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Network;

/// <summary>
/// Listens where Services are reached (cluster IP, node port, load balancer address) and connects to their endpoints: the
/// cluster's kube-proxy. TCP only.
/// </summary>
internal sealed class ServiceProxy : Controller, IDisposable
{
    private static readonly EventSource Source = new("kube-proxy", "kube-proxy");

    private readonly Dictionary<ObjectKey, Dictionary<IPEndPoint, ServicePort>> _open = [];
    private readonly HashSet<(ObjectKey Service, IPEndPoint Address)> _reported = [];
    private readonly Lock _gate = new();
    private readonly IPAddress _node;
    private bool _closed;

    public ServiceProxy(ControllerContext context, IPAddress node)
        : base(context)
    {
        _node = node;
        context.Hub.Subscribe<V1Service>((service, _) => Enqueue(ObjectKey.Of(service)));
        context.Hub.Subscribe<V1EndpointSlice>((slice, _) =>
        {
            if (slice.Metadata.Labels?.TryGetValue(EndpointSliceController.ServiceNameLabel, out var service) == true)
            {
                Enqueue(new ObjectKey(slice.Metadata.NamespaceProperty, service));
            }
        });
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            foreach (var port in _open.Values.SelectMany(ports => ports.Values))
            {
                port.Dispose();
            }

            _open.Clear();
        }
    }

    protected override void Reconcile(ObjectKey key)
    {
        var service = Api.Get<V1Service>(key.Namespace, key.Name);
        var wanted = service is null ? [] : Addresses(service).ToDictionary(entry => entry.Address, entry => entry.Port);
        var slices = wanted.Count == 0 ? [] : Api.List<V1EndpointSlice>(key.Namespace, $"{EndpointSliceController.ServiceNameLabel}={key.Name}").Items;

        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            var open = _open.TryGetValue(key, out var known) ? known : _open[key] = [];
            foreach (var address in open.Keys.Except(wanted.Keys).ToArray())
            {
                open[address].Dispose();
                open.Remove(address);
            }

            foreach (var (address, port) in wanted)
            {
                if (!open.TryGetValue(address, out var listener))
                {
                    open[address] = listener = new ServicePort(address, key.ToString(), Time, Context.Logger);
                }

                listener.Update([.. SliceEndpoints.Of(slices, port)], AffinityTimeout(service!));
                Report(key, service!, address, listener);
            }

            if (open.Count == 0)
            {
                _open.Remove(key);
            }
        }
    }

    private void Report(ObjectKey key, V1Service service, IPEndPoint address, ServicePort listener)
    {
        if (listener.BindError is { } problem)
        {
            // Somebody may end what is in the way.
            EnqueueAfter(key, TimeSpan.FromSeconds(5));
            if (_reported.Add((key, address)))
            {
                Context.Events.Warning(Source, service, "FailedToListen", problem);
            }
        }
        else
        {
            _reported.Remove((key, address));
        }
    }

    private IEnumerable<(IPEndPoint Address, V1ServicePort Port)> Addresses(V1Service service)
    {
        foreach (var port in (service.Spec.Ports ?? []).Where(port => (port.Protocol ?? "TCP") == "TCP"))
        {
            if (IPAddress.TryParse(service.Spec.ClusterIP, out var cluster))
            {
                yield return (new IPEndPoint(cluster, port.Port), port);
            }

            if (port.NodePort is > 0 and var nodePort)
            {
                yield return (new IPEndPoint(_node, nodePort), port);
            }

            foreach (var ingress in service.Status?.LoadBalancer?.Ingress ?? [])
            {
                if (IPAddress.TryParse(ingress.Ip, out var balancer))
                {
                    yield return (new IPEndPoint(balancer, port.Port), port);
                }
            }
        }
    }

    private static TimeSpan? AffinityTimeout(V1Service service) => service.Spec.SessionAffinity == "ClientIP"
        ? TimeSpan.FromSeconds(service.Spec.SessionAffinityConfig?.ClientIP?.TimeoutSeconds ?? 10800)
        : null;
}
