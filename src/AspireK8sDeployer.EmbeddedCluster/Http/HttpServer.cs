using AspireK8sDeployer.EmbeddedCluster.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.EmbeddedCluster.Http;

/// <summary>Kestrel with TLS on one loopback address.</summary>
internal sealed class HttpServer : IAsyncDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(2);

    private readonly WebApplication _application;

    private HttpServer(WebApplication application, Uri address)
    {
        _application = application;
        Address = address;
    }

    public Uri Address { get; }

    public static async Task<HttpServer> StartAsync(ServerParts parts, int port, CancellationToken ct)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(parts.Options.LoggerFactory);
        builder.Services.AddLogging();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null; // the handlers say it in a Status
            kestrel.Listen(parts.Options.Address, port, listen =>
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                listen.UseHttps(parts.Certificates.Server);
            });
        });
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(options => options.ShutdownTimeout = StopLimit);

        var application = builder.Build();
        var router = new Router(parts, parts.Authenticator, parts.Options.LoggerFactory.CreateLogger<HttpServer>());
        application.Run(http => parts.Options.Faults.RunAsync(http, () => router.HandleAsync(http), parts.Time, parts.Stopping));
        try
        {
            await application.StartAsync(ct).ConfigureAwait(false);
        }
        catch
        {
            await application.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        var bound = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new HttpServer(application, new Uri($"https://{parts.Options.Address}:{new Uri(bound).Port}"));
    }

    public async ValueTask DisposeAsync()
    {
        // Watches never end by themselves: give requests a moment, then close.
        using var limit = new CancellationTokenSource(StopLimit);
        await _application.StopAsync(limit.Token).ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
    }
}
