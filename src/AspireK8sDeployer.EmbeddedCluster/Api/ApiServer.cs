namespace AspireK8sDeployer.EmbeddedCluster.Api;

/// <summary>The API server: HTTP over TLS on loopback for clients, <see cref="IClusterApi"/> for the cluster's own components.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private ApiServer(IClusterApi api, Uri address)
    {
        Api = api;
        Address = address;
    }

    public IClusterApi Api { get; }

    /// <summary><c>https://127.0.0.1:port</c>.</summary>
    public Uri Address { get; }

    /// <summary>The certificate authority that signed the server's certificate, as PEM.</summary>
    public string CertificateAuthority { get; private init; } = "";

    /// <summary>The bearer token of the administrator (group <c>system:masters</c>).</summary>
    public string AdminToken { get; private init; } = "";

    /// <summary>A kubeconfig for the administrator, as YAML.</summary>
    public string Kubeconfig { get; private init; } = "";

    public static Task<ApiServer> StartAsync(ApiServerOptions? options = null, CancellationToken ct = default) =>
        Task.FromException<ApiServer>(new NotSupportedException($"{options} {ct}"));

    /// <summary>A token for a service account bound to a pod, as its projected volume holds it.</summary>
    public string IssuePodToken(string ns, string serviceAccount, string podName, string podUid, TimeSpan lifetime) =>
        throw new NotSupportedException($"{ns}{serviceAccount}{podName}{podUid}{lifetime}{Address}");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
