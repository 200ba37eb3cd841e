using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Backchannel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Pipelines;
using Aspire.Hosting.Publishing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Execution;

/// <summary>Runs the pipeline in publish mode.</summary>
internal sealed class PipelineExecutor(
    IServiceProvider services,
    DistributedApplicationModel model,
    DistributedApplicationExecutionContext context,
    IDistributedApplicationEventing eventing,
    IDistributedApplicationPipeline pipeline,
    IPipelineActivityReporter reporter,
    IHostApplicationLifetime lifetime,
    ConsoleView console,
    BackchannelServer backchannel,
    ILogger<PipelineExecutor> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The CLI must have connected before anything happens, or it would miss it.
        await backchannel.Connected.WaitAsync(stoppingToken);

        var pipelineContext = new PipelineContext(model, context, services, logger, stoppingToken);
        var completion = new PublishCompletionOptions();
        try
        {
            await eventing.PublishAsync(new BeforePublishEvent(services, model), stoppingToken);
            await pipeline.ExecuteAsync(pipelineContext);
            await eventing.PublishAsync(new AfterPublishEvent(services, model), stoppingToken);
            completion.PipelineSummary = pipelineContext.Summary.Items is { Count: > 0 } items ? items : null;
        }
        catch (Exception e) when (!backchannel.IsExpected || !stoppingToken.IsCancellationRequested)
        {
            completion.CompletionMessage = e.Message;
            completion.CompletionState = CompletionState.CompletedWithError;
        }

        await reporter.CompletePublishAsync(completion, CancellationToken.None);
        if (!backchannel.IsExpected)
        {
            // As in Aspire the exit code is left to the steps: without the CLI a failed pipeline alone does not set it.
            await console.Completed;
            lifetime.StopApplication();
        }
    }
}
