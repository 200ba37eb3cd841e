using System.Globalization;
using AspireK8sDeployer.EmbeddedCluster.Admission;
using AspireK8sDeployer.EmbeddedCluster.Auth;
using AspireK8sDeployer.EmbeddedCluster.Http;

namespace AspireK8sDeployer.EmbeddedCluster.Api;

/// <summary>The API server: HTTP over TLS on loopback for clients, <see cref="IClusterApi"/> for the cluster's own components.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private const string PortFile = "api.port";

    private readonly ServerParts _parts;
    private readonly HttpServer _http;

    private ApiServer(ServerParts parts, HttpServer http)
    {
        _parts = parts;
        _http = http;
        _ = Task.Run(() => new QuotaStatus(parts).RunAsync(parts.Stopping));
        _ = Task.Run(() => new EventExpiry(parts).RunAsync(parts.Stopping));
    }

    public IClusterApi Api => _parts.Api;

    /// <summary><c>https://127.0.0.1:port</c>.</summary>
    public Uri Address => _http.Address;

    /// <summary>The certificate authority that signed the server's certificate, as PEM.</summary>
    public string CertificateAuthority => _parts.Certificates.AuthorityPem;

    /// <summary>The bearer token of the administrator (group <c>system:masters</c>).</summary>
    public string AdminToken => _parts.Certificates.AdminToken;

    /// <summary>A kubeconfig for the administrator, as YAML.</summary>
    public string Kubeconfig => KubeconfigText.For(_parts.Options.ClusterName, Address, CertificateAuthority, AdminToken);

    public static async Task<ApiServer> StartAsync(ApiServerOptions? options = null, CancellationToken ct = default)
    {
        var parts = new ServerParts(options ?? new ApiServerOptions());
        try
        {
            ServiceMove.Run(parts);
            Bootstrap.Run(parts);
            parts.CustomResources.Start();
            return new ApiServer(parts, await ListenAsync(parts, ct).ConfigureAwait(false));
        }
        catch
        {
            parts.Dispose();
            throw;
        }
    }

    /// <summary>A token for a service account bound to a pod, as its projected volume holds it: for this server unless the volume names another audience.</summary>
    public string IssuePodToken(string ns, string serviceAccount, string podName, string podUid, string? audience, TimeSpan lifetime)
    {
        var resource = _parts.Table.Kind("v1", "ServiceAccount");
        var account = _parts.Store.Get(resource, ns, serviceAccount) ?? throw ApiException.NotFound(resource, serviceAccount);
        var claims = new TokenClaims(ns, serviceAccount, account.Uid, [string.IsNullOrEmpty(audience) ? TokenIssuer.Audience : audience])
        {
            BoundKind = "Pod",
            BoundName = podName,
            BoundUid = podUid,
        };
        return _parts.Tokens.Issue(claims, lifetime).Token;
    }

    public async ValueTask DisposeAsync()
    {
        await _parts.StopAsync().ConfigureAwait(false);
        await _http.DisposeAsync().ConfigureAwait(false);
        _parts.Dispose();
    }

    /// <summary>Listens where it did before, if it can: kubeconfigs that were handed out stay good.</summary>
    private static async Task<HttpServer> ListenAsync(ServerParts parts, CancellationToken ct)
    {
        var options = parts.Options;
        var file = options.StateDirectory is { } directory ? Path.Combine(directory, PortFile) : null;
        if (options.Port == 0 && file is not null && File.Exists(file)
            && int.TryParse(await File.ReadAllTextAsync(file, ct).ConfigureAwait(false), CultureInfo.InvariantCulture, out var before))
        {
            try
            {
                return await HttpServer.StartAsync(parts, before, ct).ConfigureAwait(false);
            }
            catch (IOException)
            {
                // Somebody else has it now; take another.
            }
        }

        var server = await HttpServer.StartAsync(parts, options.Port, ct).ConfigureAwait(false);
        if (file is not null)
        {
            await File.WriteAllTextAsync(file, server.Address.Port.ToString(CultureInfo.InvariantCulture), ct).ConfigureAwait(false);
        }

        return server;
    }
}
