using AspireK8sDeployer.EmbeddedCluster.Process;

namespace AspireK8sDeployer.EmbeddedCluster;

/// <summary>
/// A Kubernetes cluster in this process: an API server, controllers, an image registry and one node that runs pods as
/// processes of this machine, on loopback only. Disposing it ends every pod.
/// </summary>
/// <example>
/// <code>
/// await using var cluster = await EmbeddedCluster.StartAsync();
/// // kubectl --kubeconfig {cluster.KubeconfigPath} get nodes
/// </code>
/// </example>
public sealed class EmbeddedCluster : IAsyncDisposable
{
    private readonly ClusterHost _host;

    private EmbeddedCluster(ClusterHost host) => _host = host;

    /// <summary>The file that <c>kubectl --kubeconfig</c> takes. Its context is the administrator's.</summary>
    public string KubeconfigPath => _host.KubeconfigPath;

    /// <summary>The content of <see cref="KubeconfigPath"/>.</summary>
    public string Kubeconfig => _host.Server.Kubeconfig;

    /// <summary>The address of the API server.</summary>
    public Uri ApiServer => _host.Server.Address;

    /// <summary>The registry as image names begin with it, <c>localhost:PORT</c>.</summary>
    public string RegistryHost => _host.Registry.Host;

    /// <summary>The user that may push to and pull from the registry.</summary>
    public string RegistryUser => _host.Registry.Credentials.User;

    /// <summary>The password of <see cref="RegistryUser"/>.</summary>
    public string RegistryPassword => _host.Registry.Credentials.Password;

    /// <summary>An empty image in the registry to build .NET images on: <c>-p:ContainerBaseImage=…</c>.</summary>
    public string BaseImage => _host.Registry.BaseImage;

    /// <summary>Where Ingresses are reached with HTTP; null in a cluster that serves none.</summary>
    public Uri? IngressHttp => _host.Ingress?.Address.Http;

    /// <summary>Where Ingresses are reached with HTTPS; null in a cluster that serves none.</summary>
    public Uri? IngressHttps => _host.Ingress?.Address.Https;

    /// <summary>What goes wrong with calls to the API server: nothing, until a test adds it.</summary>
    public ApiFaults Faults => _host.Faults;

    /// <summary>For the components and tests of this assembly.</summary>
    internal ClusterHost Host => _host;

    /// <summary>Starts a cluster; when this returns, its API answers and its node is ready.</summary>
    public static async Task<EmbeddedCluster> StartAsync(EmbeddedClusterOptions? options = null, CancellationToken cancellationToken = default) =>
        new(await ClusterHost.StartAsync(options ?? new EmbeddedClusterOptions(), cancellationToken).ConfigureAwait(false));

    /// <summary>Ends every pod, then the cluster. What it kept in a directory of its caller stays.</summary>
    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
