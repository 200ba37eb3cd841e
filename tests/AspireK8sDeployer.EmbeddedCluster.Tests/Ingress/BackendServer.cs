using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Ingress;

/// <summary>What answers behind a Service.</summary>
internal sealed class BackendServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private BackendServer(WebApplication application, IPEndPoint address) => (_application, Address) = (application, address);

    public IPEndPoint Address { get; }

    public static async Task<BackendServer> StartAsync(IPAddress address, RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(address, 0));
        var application = builder.Build();
        application.UseWebSockets();
        application.Run(answer);
        await application.StartAsync(TestContext.Current.CancellationToken);
        var bound = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new BackendServer(application, new IPEndPoint(address, new Uri(bound).Port));
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
