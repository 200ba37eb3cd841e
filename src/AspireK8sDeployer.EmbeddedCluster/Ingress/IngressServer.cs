using System.Net;
using System.Net.Security;
using AspireK8sDeployer.EmbeddedCluster.Ingress.Tls;
using AspireK8sDeployer.EmbeddedCluster.Process;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace AspireK8sDeployer.EmbeddedCluster.Ingress;

/// <summary>Listens on the ingress address: HTTP, and HTTPS with the certificate that fits the name asked for.</summary>
internal sealed class IngressServer : IAsyncDisposable
{
    // The usual ports need a right that not everybody has.
    private static readonly int[] HttpPorts = [80, 8080];
    private static readonly int[] HttpsPorts = [443, 8443];

    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(2);

    private readonly WebApplication _application;
    private readonly IngressProxy _proxy;

    private IngressServer(WebApplication application, IngressProxy proxy, IngressAddress address, IngressState state)
    {
        (_application, _proxy) = (application, proxy);
        (Address, State) = (address, state);
    }

    public IngressAddress Address { get; }

    public IngressState State { get; }

    public static async Task<IngressServer> StartAsync(IPAddress address, TimeProvider time, ILoggerFactory logging, CancellationToken cancellationToken)
    {
        var state = new IngressState(time);
        var application = Build(address, state, OwnCertificate.Create(time.GetUtcNow()), logging);
        var proxy = new IngressProxy(state, application.Services.GetRequiredService<IHttpForwarder>());
        application.Run(proxy.HandleAsync);
        try
        {
            await application.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await application.DisposeAsync().ConfigureAwait(false);
            proxy.Dispose();
            throw;
        }

        var bound = Bound(application, address);
        proxy.HttpsPort = bound.HttpsPort;
        return new IngressServer(application, proxy, bound, state);
    }

    public async ValueTask DisposeAsync()
    {
        // Streams never end by themselves: give requests a moment, then close.
        using var limit = new CancellationTokenSource(StopLimit);
        await _application.StopAsync(limit.Token).ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
        _proxy.Dispose();
    }

    private static WebApplication Build(IPAddress address, IngressState state, SslStreamCertificateContext own, ILoggerFactory logging)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(logging);
        builder.Services.AddLogging();
        builder.Services.AddHttpForwarder();
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(options => options.ShutdownTimeout = StopLimit);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;

            // Limits are the backends' to set.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(address, Choose(address, HttpPorts), listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(address, Choose(address, HttpsPorts), listen =>
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                listen.UseHttps(new TlsHandshakeCallbackOptions
                {
                    OnConnection = context => ValueTask.FromResult(new SslServerAuthenticationOptions
                    {
                        ServerCertificateContext = state.Certificates.Find(context.ClientHelloInfo.ServerName) ?? own,
                    }),
                });
            });
        });
        return builder.Build();
    }

    private static int Choose(IPAddress address, int[] preferred) =>
        preferred.Select(port => FreePort.Choose(address, port)).FirstOrDefault(port => port != 0);

    private static IngressAddress Bound(WebApplication application, IPAddress address)
    {
        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(text => new Uri(text)).ToArray();
        return new IngressAddress(address, addresses.Single(uri => uri.Scheme == "http").Port, addresses.Single(uri => uri.Scheme == "https").Port);
    }
}
