using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Running;

internal sealed class Orchestrator : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;
}
