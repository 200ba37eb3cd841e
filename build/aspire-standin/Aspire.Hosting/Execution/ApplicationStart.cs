using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Lifecycle;
using Aspire.Hosting.Pipelines;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Execution;

/// <summary>What happens between the built model and the started host, in Aspire's order.</summary>
internal sealed class ApplicationStart(
    IServiceProvider services,
    DistributedApplicationModel model,
    DistributedApplicationExecutionContext context,
    IDistributedApplicationEventing eventing,
    IEnumerable<IDistributedApplicationEventingSubscriber> subscribers,
    DistributedApplicationPipeline pipeline,
    ILogger<ApplicationStart> logger)
{
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        foreach (var subscriber in subscribers)
        {
            await subscriber.SubscribeAsync(eventing, context, cancellationToken);
        }

        await eventing.PublishAsync(new BeforeStartEvent(services, model), cancellationToken);
        BindToTheOnlyEnvironment();
        await pipeline.ExecuteBeforeStartAsync(new PipelineContext(model, context, services, logger, cancellationToken));
    }

    private void BindToTheOnlyEnvironment()
    {
        if (model.Resources.OfType<IComputeEnvironmentResource>().ToArray() is not [var only])
        {
            return;
        }

        foreach (var resource in model.Resources.OfType<IComputeResource>().Where(r => r.GetComputeEnvironment() is null))
        {
            resource.Annotations.Add(new ComputeEnvironmentAnnotation(only));
        }
    }
}
