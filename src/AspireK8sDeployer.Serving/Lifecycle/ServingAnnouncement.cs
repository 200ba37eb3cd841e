using System.Text.Json.Nodes;
using AspireK8sDeployer.Client;
using AspireK8sDeployer.Serving.Access;
using AspireK8sDeployer.Serving.Binding;
using AspireK8sDeployer.Serving.Schema;
using AspireK8sDeployer.Serving.Telemetry;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.Serving.Lifecycle;

/// <summary>Says at start where the pipeline answers, and the command that invokes it.</summary>
internal sealed class ServingAnnouncement(PipelineCatalog catalog, IServer server, AuthKeys keys, ILogger<ServingAnnouncement> logger)
    : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (catalog.Pipeline is { } pipeline
            && server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is { } address)
        {
            var root = Reachable(address);
            // A command that reads the key: one that shows it would be kept in the log.
            var key = keys.Path is { } path ? $" -H \"Authorization: Bearer $(head -n 1 '{path}')\"" : "";
            var body = new JsonObject { ["parameters"] = SchemaExample.OfParameters(pipeline.InputSchema) };
            Log.Serving(
                logger,
                pipeline.Name,
                root,
                $"curl -X POST {root}{PipelinePaths.Invoke}{key} -H 'content-type: application/json' -d '{body.ToJsonString().Replace("'", "'\\''", StringComparison.Ordinal)}'");
        }

        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // "Every address" is where a server listens, but not where a caller connects.
    private static string Reachable(string address) => address
        .Replace("//[::]", "//localhost", StringComparison.Ordinal)
        .Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal)
        .Replace("//*", "//localhost", StringComparison.Ordinal)
        .Replace("//+", "//localhost", StringComparison.Ordinal)
        .TrimEnd('/');
}
