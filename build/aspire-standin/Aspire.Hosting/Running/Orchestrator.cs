using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Running;

/// <summary>Run mode: starts every resource as soon as what it waits for allows, and stops them all in the end.</summary>
internal sealed class Orchestrator(
    IServiceProvider services,
    DistributedApplicationModel model,
    IDistributedApplicationEventing eventing,
    ResourceNotificationService notifications,
    EndpointAllocator endpoints,
    ProjectRunner projects,
    IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var resources = model.Resources.Where(r => r is ProjectResource or ContainerResource).ToArray();
        foreach (var resource in resources)
        {
            endpoints.Allocate(resource);
            await notifications.PublishUpdateAsync(resource, s => s with
            {
                State = KnownResourceStates.NotStarted,
                HealthReports = [.. resource.Annotations.OfType<HealthCheckAnnotation>().Select(c => new HealthReportSnapshot(c.Key, null, null, null))],
            });
        }

        foreach (var resource in resources.OfType<IResourceWithEndpoints>())
        {
            await eventing.PublishAsync(new ResourceEndpointsAllocatedEvent(resource, services), stoppingToken);
        }

        await eventing.PublishAsync(new AfterResourcesCreatedEvent(services, model), stoppingToken);
        var ended = await Task.WhenAll(resources.Select(resource => RunAsync(resource, stoppingToken)));

        // Nothing runs any more, and there is no dashboard to look at what happened: the application is over.
        if (resources.Length > 0 && !stoppingToken.IsCancellationRequested)
        {
            Environment.ExitCode = Array.TrueForAll(ended, succeeded => succeeded) ? 0 : 1;
            lifetime.StopApplication();
        }
    }

    /// <summary>Until the resource has ended. Whether it ended well.</summary>
    private async Task<bool> RunAsync(IResource resource, CancellationToken stoppingToken)
    {
        try
        {
            await notifications.WaitForDependenciesAsync(resource, stoppingToken);
            await notifications.PublishUpdateAsync(resource, s => s with { State = KnownResourceStates.Starting });
            await eventing.PublishAsync(new BeforeResourceStartedEvent(resource, services), stoppingToken);

            var exitCode = resource is ProjectResource project
                ? await projects.RunAsync(project, stoppingToken)
                : throw new DistributedApplicationException(
                    $"'{resource.Name}' is a container, which the stand-in does not run. Build with AspireSource=nuget.");

            var state = exitCode == 0 ? KnownResourceStates.Finished : KnownResourceStates.Exited;
            await notifications.PublishUpdateAsync(resource, s => s with { State = state, ExitCode = exitCode });
            return exitCode == 0;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return true;
        }
        catch (Exception e)
        {
            new ResourceConsole(resource.Name).WriteLine(e is DistributedApplicationException ? $"✗ {e.Message}" : $"✗ {e}");
            await notifications.PublishUpdateAsync(resource, s => s with { State = KnownResourceStates.FailedToStart });
            return false;
        }
    }
}
