using System.Net;
using AspireK8sDeployer.EmbeddedCluster.Process;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.EmbeddedCluster.Registry;

/// <summary>
/// An image registry (OCI distribution API) on <c>http://localhost:PORT</c>, for the images of this cluster. Everything
/// needs the credentials; content is kept on disk by its digest.
/// </summary>
internal sealed class RegistryServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RegistryServer(WebApplication app, int port, RegistryCredentials credentials)
    {
        _app = app;
        Port = port;
        Credentials = credentials;
    }

    public int Port { get; }

    /// <summary>What image names begin with. The name <c>localhost</c> is what clients use plain HTTP for.</summary>
    public string Host => $"localhost:{Port}";

    public RegistryCredentials Credentials { get; }

    public string BaseImage => $"{Host}/{EmptyBaseImage.Repository}:{EmptyBaseImage.Tag}";

    /// <param name="directory">Where content is kept.</param>
    /// <param name="port">The port to listen on, taken if it is free; any other free one if not or if 0.</param>
    /// <param name="credentials">The user.</param>
    /// <param name="logging">Where problems are written.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<RegistryServer> StartAsync(
        string directory, int port, RegistryCredentials credentials, ILoggerFactory logging, CancellationToken cancellationToken)
    {
        var blobs = new BlobStore(directory);
        var manifests = new ManifestStore(directory, blobs);
        await EmptyBaseImage.StoreAsync(blobs, manifests, cancellationToken).ConfigureAwait(false);

        var app = Build(FreePort.Choose(IPAddress.Loopback, port), logging);
        app.Run(new RegistryRouter(credentials, new BlobEndpoints(blobs), new ManifestEndpoints(manifests, blobs)).HandleAsync);
        await app.StartAsync(cancellationToken).ConfigureAwait(false);

        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new RegistryServer(app, new Uri(address).Port, credentials);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static WebApplication Build(int port, ILoggerFactory logging)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null; // a layer may be of any size
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        builder.Services.AddSingleton(logging);
        return builder.Build();
    }
}
