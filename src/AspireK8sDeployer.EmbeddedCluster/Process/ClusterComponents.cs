using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Controllers;
using AspireK8sDeployer.EmbeddedCluster.Controllers.Deployments;
using AspireK8sDeployer.EmbeddedCluster.Controllers.Endpoints;
using AspireK8sDeployer.EmbeddedCluster.Controllers.Policies;
using AspireK8sDeployer.EmbeddedCluster.Controllers.ReplicaSets;
using AspireK8sDeployer.EmbeddedCluster.Controllers.Scheduling;
using AspireK8sDeployer.EmbeddedCluster.Controllers.StatefulSets;
using AspireK8sDeployer.EmbeddedCluster.Controllers.Volumes;
using AspireK8sDeployer.EmbeddedCluster.Ingress;
using AspireK8sDeployer.EmbeddedCluster.Network;
using AspireK8sDeployer.EmbeddedCluster.Node;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.EmbeddedCluster.Process;

/// <summary>Everything of a cluster that works on the API: the controllers, the service proxy and, if there is one, the node.</summary>
internal sealed class ClusterComponents : IAsyncDisposable
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stop = new();
    private readonly ServiceProxy _proxy;
    private readonly NodeAgent? _node;
    private readonly Task _running;

    private ClusterComponents(ControllerContext context, string certificateAuthority, LoopbackSubnet subnet, IngressServer? ingress, Func<ControllerContext, NodeAgent?> node)
    {
        _proxy = new ServiceProxy(context, subnet.Node);
        _node = node(context);
        Controller[] controllers =
        [
            new DeploymentController(context),
            new ReplicaSetController(context),
            new EndpointSliceController(context),
            new LoadBalancerController(context, subnet.LoadBalancers),
            new NamespaceController(context, certificateAuthority),
            new Scheduler(context),
            new StatefulSetController(context),
            new DisruptionController(context),
            new AutoscalerController(context),
            new ClaimController(context),
            _proxy,
            .. IngressControllers(context, ingress),
        ];
        var garbage = new GarbageCollector(context);

        _running = Task.WhenAll(
            [.. controllers.Select(controller => controller.RunAsync(_stop.Token)), garbage.RunAsync(_stop.Token), context.Hub.RunAsync(_stop.Token), _node?.RunAsync(_stop.Token) ?? Task.CompletedTask]);
    }

    public static ClusterComponents Start(
        ApiServer server, LoopbackSubnet subnet, IngressServer? ingress, Func<ControllerContext, NodeAgent?> node, EmbeddedClusterOptions options)
    {
        var (time, logging) = (options.TimeProvider, options.LoggerFactory);
        var context = new ControllerContext(
            server.Api,
            new ObjectHub(server.Api, time, logging.CreateLogger<ObjectHub>()),
            new EventRecorder(server.Api, time, logging.CreateLogger<EventRecorder>()),
            time,
            logging.CreateLogger<Controller>())
        {
            // A real one's 5 ms beside a kubelet's 10 s.
            FirstRetry = options.BackOff / 2000,
        };
        return new ClusterComponents(context, server.CertificateAuthority, subnet, ingress, node);
    }

    private static Controller[] IngressControllers(ControllerContext context, IngressServer? ingress)
    {
        if (ingress is null)
        {
            return [];
        }

        IngressClasses.EnsureDefault(context.Api);
        var backends = new BackendController(context, ingress.State.Backends);
        return [backends, new IngressController(context, ingress.Address, ingress.State, backends)];
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        if (_node is not null)
        {
            await _node.DisposeAsync().ConfigureAwait(false);
        }

        _proxy.Dispose();
        await Task.WhenAny(_running, Task.Delay(StopTimeout, TimeProvider.System, CancellationToken.None)).ConfigureAwait(false);
        _stop.Dispose();
    }
}
