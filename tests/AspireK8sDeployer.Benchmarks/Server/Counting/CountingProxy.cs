using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace AspireK8sDeployer.Benchmarks.Server.Counting;

/// <summary>Stands in front of the API server, for all that is measured alike, and counts requests and bytes.</summary>
/// <remarks>HTTP/2 over TLS on both sides, as without it; it shows the server its own credentials, whoever comes.</remarks>
internal sealed class CountingProxy : IAsyncDisposable
{
    // A watch may be silent for as long as it likes.
    private static readonly ForwarderRequestConfig Patient = new() { ActivityTimeout = TimeSpan.FromHours(1), Version = HttpVersion.Version20 };

    private readonly WebApplication _application;
    private readonly X509Certificate2 _certificate;
    private readonly HttpMessageInvoker _invoker;
    private readonly ServerTransformer _transformer;
    private readonly string _server;

    private CountingProxy(WebApplication application, X509Certificate2 certificate, ServerAccess server)
    {
        (_application, _certificate) = (application, certificate);
        _invoker = new HttpMessageInvoker(server.Handler());
        _transformer = new ServerTransformer(server.Token);
        _server = server.Address.ToString();
    }

    /// <summary>Where what comes now is counted.</summary>
    public Traffic Traffic { get; set; } = new();

    public static async Task<CountingProxy> StartAsync(ServerAccess server, CancellationToken cancellationToken)
    {
        var certificate = Certificate();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.Http2.MaxStreamsPerConnection = 1000;
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                listen.UseHttps(certificate);
            });
        });
        builder.Services.AddHttpForwarder();
        var application = builder.Build();
        var proxy = new CountingProxy(application, certificate, server);
        var forwarder = application.Services.GetRequiredService<IHttpForwarder>();
        application.Run(context => proxy.ForwardAsync(context, forwarder));
        await application.StartAsync(cancellationToken);
        return proxy;
    }

    /// <summary>A kubeconfig that leads here.</summary>
    public string Kubeconfig()
    {
        var authority = Convert.ToBase64String(Encoding.ASCII.GetBytes(_certificate.ExportCertificatePem()));
        return $$"""
            apiVersion: v1
            kind: Config
            current-context: benchmark
            contexts: [{ name: benchmark, context: { cluster: benchmark, user: benchmark } }]
            clusters: [{ name: benchmark, cluster: { server: "{{_application.Urls.First()}}", certificate-authority-data: {{authority}} } }]
            users: [{ name: benchmark, user: { token: of-no-use-elsewhere } }]
            """;
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _invoker.Dispose();
        _certificate.Dispose();
    }

    private async Task ForwardAsync(HttpContext context, IHttpForwarder forwarder)
    {
        var traffic = Traffic;
        var counted = traffic.Add(RequestName.Of(context.Request));
        context.Request.Body = new CountingStream(context.Request.Body, counted);
        context.Response.Body = new CountingStream(context.Response.Body, counted);
        await forwarder.SendAsync(context, _server, _invoker, Patient, _transformer);
        (counted.Status, counted.Ended) = (context.Response.StatusCode, traffic.Now);
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=benchmark", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddHours(-1), now.AddDays(1));
    }

    private sealed class ServerTransformer(string? token) : HttpTransformer
    {
        public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            proxyRequest.Headers.Host = null;
            proxyRequest.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        }
    }
}
