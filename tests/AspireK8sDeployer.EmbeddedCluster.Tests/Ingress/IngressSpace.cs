using System.Net;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Ingress;
using AspireK8sDeployer.EmbeddedCluster.Tests.Node;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Ingress;

/// <summary>What the tests of the ingress controller make.</summary>
internal static class IngressSpace
{
    /// <summary>A Service with these endpoints, all ready.</summary>
    public static void Serve(this TestSpace space, string name, params IPEndPoint[] endpoints)
    {
        space.Api.Create(
            new V1Service
            {
                Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = space.Name },
                Spec = new V1ServiceSpec { Ports = [new V1ServicePort { Name = "http", Port = 8000 }] },
            },
            "test");

        // Each on a port of its own, which only a slice of its own can say.
        for (var i = 0; i < endpoints.Length; i++)
        {
            space.Api.Create(Slice(space, name, $"{name}-{i}", endpoints[i]), "test");
        }
    }

    /// <summary>Makes an Ingress, and waits until it has its address: from then on it is served.</summary>
    public static async Task<V1Ingress> PublishAsync(
        this TestSpace space, string name, string? host, string service, string path = "/", string pathType = "Prefix", Action<V1Ingress>? change = null)
    {
        Create(space, name, host, service, path, pathType, change);
        return await space.WaitAsync<V1Ingress>(name, HasAddress, TestContext.Current.CancellationToken);
    }

    public static V1Ingress Create(
        this TestSpace space, string name, string? host, string service, string path = "/", string pathType = "Prefix", Action<V1Ingress>? change = null)
    {
        var ingress = new V1Ingress
        {
            Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = space.Name },
            Spec = new V1IngressSpec
            {
                Rules =
                [
                    new V1IngressRule
                    {
                        Host = host,
                        Http = new V1HTTPIngressRuleValue { Paths = [new V1HTTPIngressPath { Path = path, PathType = pathType, Backend = Backend(service) }] },
                    },
                ],
            },
        };
        change?.Invoke(ingress);
        return space.Api.Create(ingress, "test");
    }

    public static V1IngressBackend Backend(string service) =>
        new() { Service = new V1IngressServiceBackend { Name = service, Port = new V1ServiceBackendPort { Number = 8000 } } };

    public static bool HasAddress(V1Ingress ingress) => ingress.Status?.LoadBalancer?.Ingress is [{ Ip.Length: > 0 }];

    /// <summary>Makes a class of this name for the embedded controller, unless it is there.</summary>
    public static void EnsureClass(this TestSpace space, string name, string controller = IngressClasses.ControllerName)
    {
        if (space.Api.Get<V1IngressClass>(null, name) is null)
        {
            space.Api.Create(new V1IngressClass { Metadata = new V1ObjectMeta { Name = name }, Spec = new V1IngressClassSpec { Controller = controller } }, "test");
        }
    }

    /// <summary>Asks until the answer is as wanted; fails with the last one.</summary>
    public static async Task<string> UntilAsync(Func<Task<string>> ask, string wanted)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        var answer = await ask();
        while (answer != wanted && !patience.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
            answer = await ask();
        }

        return answer;
    }

    private static V1EndpointSlice Slice(TestSpace space, string service, string name, IPEndPoint endpoint) => new()
    {
        Metadata = new V1ObjectMeta
        {
            Name = name,
            NamespaceProperty = space.Name,
            Labels = new Dictionary<string, string> { ["kubernetes.io/service-name"] = service },
        },
        AddressType = "IPv4",
        Ports = [new Discoveryv1EndpointPort { Name = "http", Port = endpoint.Port, Protocol = "TCP" }],
        Endpoints = [new V1Endpoint { Addresses = [endpoint.Address.ToString()], Conditions = new V1EndpointConditions { Ready = true } }],
    };
}
