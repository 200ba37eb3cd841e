using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using k8s;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>KubernetesClient's connection under our own requests, with what it lacks: proxies, impersonation, names of servers.</summary>
internal sealed class KubeconfigTransport : IClusterTransport
{
    private readonly ClusterAccess _access;
    private readonly Lock _connecting = new();
    private Connection? _connection;

    private KubeconfigTransport(ClusterAccess access) => _access = access;

    public Uri Server => _access.Server;

    public IReadOnlyList<string> Warnings => _access.Warnings;

    /// <summary>Reads the configuration. A plugin that gives the credentials runs with the first request, not now.</summary>
    public static KubeconfigTransport Open(ClusterConnection connection) => Open(connection, Surroundings.Real);

    public static KubeconfigTransport Open(ClusterConnection connection, Surroundings surroundings) => new(ClusterAccess.Of(connection, surroundings));

    public Task AuthenticateAsync(CancellationToken cancellationToken) => _access.Credentials.GetAsync(cancellationToken);

    public Task<bool> RenewAsync(CancellationToken cancellationToken) => _access.Credentials.RenewAsync(Used, cancellationToken);

    public Refusal? ExplainRefusal() => _access.Credentials.ExplainRefusal(Used);

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var credential = await _access.Credentials.GetAsync(cancellationToken).ConfigureAwait(false);
        request.Headers.Authorization = credential.Header;
        // From here .NET takes the name that TLS asks for and compares, wherever the connection goes.
        request.Headers.Host = _access.ServerName;
        foreach (var (name, value) in _access.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        // A watch is read as it comes, and never ends by itself.
        return await Connect(credential, request.Options.TryGetValue(IClusterTransport.IsWatch, out var isWatch) && isWatch).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
    }

    public async Task<WebSocket> ConnectAsync(Uri address, string subprotocol, CancellationToken cancellationToken)
    {
        var credential = await _access.Credentials.GetAsync(cancellationToken).ConfigureAwait(false);
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.CollectHttpResponseDetails = true;
            socket.Options.AddSubProtocol(subprotocol);
            SetHeader(socket, "Authorization", credential.Header?.ToString());
            SetHeader(socket, "Host", _access.ServerName);
            foreach (var (name, value) in _access.Headers)
            {
                SetHeader(socket, name, value);
            }

            var target = new UriBuilder(address) { Scheme = address.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs };
            await socket.ConnectAsync(target.Uri, Connect(credential, forWatch: true), cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch (WebSocketException failure)
        {
            HttpStatusCode? status = socket.HttpStatusCode is 0 ? null : socket.HttpStatusCode;
            socket.Dispose();
            throw new HttpRequestException(status is null ? failure.Message : $"the server answered {(int)status} ({status})", failure, status);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _connection?.Dispose();
        (_access.Credentials as IDisposable)?.Dispose();
    }

    // One that is null would be sent, empty.
    private static void SetHeader(ClientWebSocket socket, string name, string? value)
    {
        if (value is not null)
        {
            socket.Options.SetRequestHeader(name, value);
        }
    }

    private Credential Used => _connection?.Credential ?? Credential.None;

    // A connection is known by the certificate that it began with: another one needs another connection.
    private HttpClient Connect(Credential credential, bool forWatch)
    {
        lock (_connecting)
        {
            if (_connection is null || !ReferenceEquals(_connection.Credential.Certificate, credential.Certificate))
            {
                // The one before is left to its running requests.
                _connection = new Connection(Open(credential.Certificate), new Lazy<Kubernetes>(() => Open(credential.Certificate)), credential);
            }
            else if (!ReferenceEquals(_connection.Credential, credential))
            {
                _connection = _connection with { Credential = credential };
            }

            return (forWatch ? _connection.ForWatches.Value : _connection.Client).HttpClient;
        }
    }

    private Kubernetes Open(X509Certificate2? certificate)
    {
        var client = new Kubernetes(new KubernetesClientConfiguration
        {
            Host = _access.Server.ToString(),
            FirstMessageHandlerSetup = handler =>
            {
                ServerTrust.Apply(_access, handler.SslOptions);
                if (certificate is not null)
                {
                    handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate;
                }

                ApplyProxy(handler);

                // A connection that is dead without having ended shows within a minute.
                handler.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
                handler.KeepAlivePingTimeout = TimeSpan.FromSeconds(15);
                handler.AllowAutoRedirect = false;
            },
        });
        // Watches outlast any time-out for a whole request; each call brings its own.
        client.HttpClient.Timeout = Timeout.InfiniteTimeSpan;
        return client;
    }

    private void ApplyProxy(SocketsHttpHandler handler)
    {
        if (_access.Proxy is { } proxy)
        {
            // Without the credentials in it: .NET quotes the address when the proxy fails.
            var address = new UriBuilder(proxy) { UserName = "", Password = "" }.Uri;
            var parts = proxy.UserInfo.Split(':', 2).Select(Uri.UnescapeDataString).ToList();
            handler.Proxy = new WebProxy(address) { Credentials = proxy.UserInfo.Length == 0 ? null : new NetworkCredential(parts[0], parts.ElementAtOrDefault(1)) };
        }
        else if (_access.Server.IsLoopback)
        {
            // As kubectl: a proxy of the environment is on the way to elsewhere.
            handler.UseProxy = false;
        }
    }

    // Watches have a connection of their own: what they bring would hold up the answers to writes.
    private sealed record Connection(Kubernetes Client, Lazy<Kubernetes> ForWatches, Credential Credential) : IDisposable
    {
        public void Dispose()
        {
            Client.Dispose();
            if (ForWatches.IsValueCreated)
            {
                ForWatches.Value.Dispose();
            }
        }
    }
}
