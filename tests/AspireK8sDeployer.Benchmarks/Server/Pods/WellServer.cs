using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.Benchmarks.Server.Pods;

/// <summary>Answers for all pipelines that they are well, and nothing else.</summary>
internal sealed class WellServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private WellServer(WebApplication application) => _application = application;

    public int Port => new Uri(_application.Urls.First()).Port;

    public static async Task<WellServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var application = builder.Build();
        application.Run(context =>
        {
            context.Response.StatusCode = context.Request.Path.Value!.EndsWith("/health", StringComparison.Ordinal) ? StatusCodes.Status200OK : StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        await application.StartAsync();
        return new WellServer(application);
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
