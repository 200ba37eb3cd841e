using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;

namespace Aspire.Hosting.Running;

/// <summary>Runs a project as a process of this machine, with the environment that the model gives it.</summary>
internal sealed class ProjectRunner(
    IServiceProvider services,
    DistributedApplicationExecutionContext context,
    IDistributedApplicationEventing eventing,
    ResourceNotificationService notifications,
    HealthMonitor health)
{
    public async Task<int> RunAsync(ProjectResource project, CancellationToken stoppingToken)
    {
        var console = new ResourceConsole(project.Name);
        var start = await ProjectCommand.PrepareAsync(project.GetProjectMetadata(), console, stoppingToken);
        foreach (var argument in await ResourceConfiguration.ArgumentsAsync(project, context, stoppingToken))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in await ResourceConfiguration.EnvironmentAsync(project, context, stoppingToken))
        {
            start.Environment[name] = value;
        }

        using var process = new ResourceProcess(start, console);
        await notifications.PublishUpdateAsync(project, s => s with { State = KnownResourceStates.Running });

        using var watching = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var watch = WatchAsync(project, console, watching.Token);
        try
        {
            return await process.WaitForExitAsync(stoppingToken);
        }
        finally
        {
            await watching.CancelAsync();
            await watch;
        }
    }

    private async Task WatchAsync(ProjectResource project, ResourceConsole console, CancellationToken cancellationToken)
    {
        try
        {
            await health.WaitUntilUpAsync(project, cancellationToken);
            var urls = await ResourceUrls.OfAsync(project, context, cancellationToken);
            await notifications.PublishUpdateAsync(project, s => s with
            {
                Urls = [.. urls.Select(url => new UrlSnapshot(url.Endpoint?.EndpointName, url.Url, IsInternal: false))],
            });
            foreach (var url in urls)
            {
                console.WriteLine($"✓ up: {url.Url}{(url.DisplayText is { } text ? $" ({text})" : "")}");
            }

            await eventing.PublishAsync(new ResourceReadyEvent(project, services), EventDispatchBehavior.NonBlockingConcurrent, cancellationToken);
            await health.WatchAsync(project, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The process has ended, or the application has.
        }
    }
}
