using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace AspireK8sDeployer.Benchmarks.Server.Pods;

/// <summary>Gives the Ingresses of its class the address of a server that answers for all pipelines.</summary>
internal sealed class IngressPublisher(IKubernetes client, string run, int port)
{
    public Task RegisterAsync(CancellationToken cancellationToken)
    {
        var own = new V1IngressClass
        {
            ApiVersion = "networking.k8s.io/v1",
            Kind = "IngressClass",
            Metadata = new V1ObjectMeta { Name = StandIn.NameOf(run) },
            Spec = new V1IngressClassSpec { Controller = StandIn.Mark },
        };
        return client.NetworkingV1.CreateIngressClassAsync(own, cancellationToken: cancellationToken);
    }

    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        await foreach (var (change, ingress) in client.NetworkingV1.WatchListIngressForAllNamespacesAsync(cancellationToken: cancellationToken))
        {
            if (change is WatchEventType.Added or WatchEventType.Modified && IsOurs(ingress) && !HasAddress(ingress))
            {
                await PublishAsync(ingress, cancellationToken);
            }
        }
    }

    private bool IsOurs(V1Ingress ingress) => ingress.Spec.IngressClassName == StandIn.NameOf(run) && ingress.Metadata.DeletionTimestamp is null;

    private static bool HasAddress(V1Ingress ingress) => ingress.Status?.LoadBalancer?.Ingress is { Count: > 0 };

    private async Task PublishAsync(V1Ingress ingress, CancellationToken cancellationToken)
    {
        var address = new V1IngressLoadBalancerIngress
        {
            Ip = IPAddress.Loopback.ToString(),
            Ports = [new V1IngressPortStatus { Port = port, Protocol = "TCP" }],
        };
        var status = new V1IngressStatus { LoadBalancer = new V1IngressLoadBalancerStatus { Ingress = [address] } };
        try
        {
            await client.NetworkingV1.PatchNamespacedIngressStatusAsync(
                new V1Patch(new { status }, V1Patch.PatchType.MergePatch), ingress.Metadata.Name, ingress.Metadata.NamespaceProperty, cancellationToken: cancellationToken);
        }
        catch (HttpOperationException gone) when (gone.Response.StatusCode == HttpStatusCode.NotFound)
        {
        }
    }
}
