using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Running;

/// <summary>Checks the health of running resources, and says when one is up.</summary>
internal sealed class HealthMonitor(HealthCheckService checks, ResourceNotificationService notifications, TimeProvider time)
{
    private static readonly TimeSpan WhileStarting = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan WhileHealthy = TimeSpan.FromSeconds(5);

    /// <summary>Until the health checks pass; without any, until all endpoints accept connections.</summary>
    public async Task WaitUntilUpAsync(IResourceWithEndpoints resource, CancellationToken cancellationToken)
    {
        while (!(HasChecks(resource) ? await CheckAsync(resource, cancellationToken) : await AcceptsAsync(resource, cancellationToken)))
        {
            await Task.Delay(WhileStarting, time, cancellationToken);
        }
    }

    public async Task WatchAsync(IResource resource, CancellationToken cancellationToken)
    {
        var isHealthy = true;
        while (HasChecks(resource))
        {
            await Task.Delay(isHealthy ? WhileHealthy : WhileStarting, time, cancellationToken);
            isHealthy = await CheckAsync(resource, cancellationToken);
        }
    }

    private static bool HasChecks(IResource resource) => resource.HasAnnotationOfType<HealthCheckAnnotation>();

    private async Task<bool> CheckAsync(IResource resource, CancellationToken cancellationToken)
    {
        var keys = resource.Annotations.OfType<HealthCheckAnnotation>().Select(c => c.Key).ToHashSet();
        var report = await checks.CheckHealthAsync(registration => keys.Contains(registration.Name), cancellationToken);
        await notifications.PublishUpdateAsync(resource, s => s with
        {
            HealthReports = [.. report.Entries.Select(e =>
                new HealthReportSnapshot(e.Key, e.Value.Status, e.Value.Description, e.Value.Exception?.ToString()))],
        });
        return report.Status == HealthStatus.Healthy;
    }

    private static async Task<bool> AcceptsAsync(IResourceWithEndpoints resource, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var endpoint in resource.GetEndpoints().Where(e => e.EndpointAnnotation.Protocol == ProtocolType.Tcp))
            {
                using var client = new TcpClient();
                await client.ConnectAsync(endpoint.Host, endpoint.Port, cancellationToken);
            }

            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
