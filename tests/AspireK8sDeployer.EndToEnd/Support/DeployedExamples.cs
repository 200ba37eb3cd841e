using k8s;
using k8s.Models;

namespace AspireK8sDeployer.EndToEnd.Support;

/// <summary>The examples of the playground, deployed once for all tests that look at them.</summary>
public sealed class DeployedExamples(ClusterUnderTest cluster) : IAsyncLifetime
{
    private const string Names =
        "ClusterIpWithIngress,TlsFromSecret,TlsByCertManager,NginxAnnotations,TraefikAnnotations,AlbAnnotations,PathRouting,"
        + "StickySessions,NodePort,SourceRanges,AnnotatedLoadBalancer,PodSettings";

    private static readonly string[] Deployments =
        ["inside", "secure", "certified", "nginx", "traefik", "alb", "poet", "painter", "sticky", "fixed-port", "fenced", "balanced", "placed"];

    private readonly TestNamespace _place = cluster.NewNamespace();
    private IKubernetes? _user;
    private IngressClasses? _classes;
    private ProcessResult? _deploy;

    internal string Namespace => _place.Name;

    internal IKubernetes User => _user!;

    /// <summary>The certificate that was in the namespace before the deploy.</summary>
    internal Certificate Secure { get; } = Certificate.For("secure.example.com");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (cluster.Registry is null || cluster.BaseImage is null)
        {
            return;
        }

        _user = cluster.ConnectAsUser();
        _classes = new IngressClasses(_user);
        await _classes.EnsureAsync(["nginx", "traefik", "alb"], CancellationToken.None);
        await _user.CoreV1.CreateNamespaceAsync(new V1Namespace { Metadata = new() { Name = Namespace } });
        await _user.CoreV1.CreateNamespacedSecretAsync(Secure.ToSecret("secure-tls"), Namespace);
        await _user.CoreV1.CreateNamespacedSecretAsync(
            new V1Secret { Metadata = new() { Name = "model-store" }, StringData = new Dictionary<string, string> { ["token"] = "hunter2" } }, Namespace);
        using var appHost = new ExamplesAppHost(cluster, _place, Deployments);
        _deploy = await appHost.RunAsync("deploy", Names, CancellationToken.None);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_user is not null)
        {
            await _place.DisposeAsync();
            await _classes!.DisposeAsync();
            _user.Dispose();
        }
    }

    /// <summary>What the deploy printed; the test is skipped where nothing could be deployed, and fails where the deploy did.</summary>
    internal ProcessResult Deployed()
    {
        cluster.SkipWithoutImages();
        return _deploy!.ShouldSucceed();
    }

    internal Task<V1Service> ServiceAsync(string name, CancellationToken cancellationToken) =>
        User.CoreV1.ReadNamespacedServiceAsync(name, Namespace, cancellationToken: cancellationToken);

    internal Task<V1Ingress> IngressAsync(string name, CancellationToken cancellationToken) =>
        User.NetworkingV1.ReadNamespacedIngressAsync(name, Namespace, cancellationToken: cancellationToken);

    /// <summary>Where the Ingress is served; the test is skipped on a cluster that serves none.</summary>
    internal async Task<FrontDoor> FrontDoorOfAsync(string name, CancellationToken cancellationToken)
    {
        Deployed();
        var ingress = await IngressAsync(name, cancellationToken);
        var address = ingress.Status?.LoadBalancer?.Ingress?.FirstOrDefault();
        Assert.SkipWhen(address is null && !cluster.IsEmbedded, $"no ingress controller of the cluster serves class '{ingress.Spec.IngressClassName}'");
        Assert.NotNull(address);
        return new FrontDoor(address);
    }
}
