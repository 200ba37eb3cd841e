using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using AspireK8sDeployer.EmbeddedCluster.Tests.Node;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Ingress;

/// <summary>A cluster without a node: what answers behind its Services are servers of the tests.</summary>
public sealed class IngressCluster : IAsyncLifetime
{
    private EmbeddedCluster? _cluster;
    private int _lastServer;

    internal EmbeddedCluster Cluster => _cluster!;

    public async ValueTask InitializeAsync() =>
        _cluster = await EmbeddedCluster.StartAsync(new EmbeddedClusterOptions { RunNode = false }, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();

    internal Task<TestSpace> CreateSpaceAsync() => TestSpace.CreateAsync(Cluster, "", TestContext.Current.CancellationToken);

    /// <summary>An address of the cluster's network that nobody has.</summary>
    internal IPAddress NextAddress()
    {
        var network = IPAddress.Parse(Cluster.IngressHttp!.Host).GetAddressBytes()[1];
        return new IPAddress([127, network, 20, (byte)Interlocked.Increment(ref _lastServer)]);
    }

    /// <summary>A client whose every host is the ingress address, as if DNS said so.</summary>
    /// <param name="trust">What a certificate has to be signed by.</param>
    /// <param name="seen">Gets every certificate instead; then any is accepted.</param>
    internal HttpClient Client(X509ChainPolicy? trust = null, Action<X509Certificate2>? seen = null)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            PooledConnectionLifetime = TimeSpan.Zero, // a connection keeps the certificate that it began with
            ConnectCallback = ConnectAsync,
            SslOptions = { CertificateChainPolicy = trust },
        };
        if (seen is not null)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            {
                seen(X509CertificateLoader.LoadCertificate(certificate!.Export(X509ContentType.Cert)));
                return seen is not null;
            };
        }

        return new HttpClient(handler);
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var address = context.InitialRequestMessage.RequestUri!.Scheme is "https" or "wss" ? Cluster.IngressHttps! : Cluster.IngressHttp!;
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Parse(address.Host), address.Port, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
