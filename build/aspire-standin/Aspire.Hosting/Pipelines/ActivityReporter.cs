using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Aspire.Hosting.Pipelines;

/// <summary>Collects what happens in the pipeline, for the one that shows it: the CLI, or the console.</summary>
internal sealed class ActivityReporter(TimeProvider time) : IPipelineActivityReporter
{
    private readonly Channel<PublishingActivity> _activities = Channel.CreateUnbounded<PublishingActivity>();
    private readonly ConcurrentBag<ReportingStep> _steps = [];

    public ChannelReader<PublishingActivity> Activities => _activities.Reader;

    public Task<IReportingStep> CreateStepAsync(string title, CancellationToken cancellationToken = default)
    {
        var step = new ReportingStep(title, Report, time);
        _steps.Add(step);
        return Task.FromResult<IReportingStep>(step);
    }

    public Task CompletePublishAsync(PublishCompletionOptions? options = null, CancellationToken cancellationToken = default)
    {
        var state = options?.CompletionState ?? _steps.Select(s => s.State).DefaultIfEmpty(CompletionState.Completed).Max();
        Report(new PublishingActivity(PublishingActivity.PublishComplete, new PublishingActivityData
        {
            Id = PublishingActivity.PublishComplete,
            StatusText = options?.CompletionMessage ?? state switch
            {
                CompletionState.CompletedWithError => "Pipeline failed",
                CompletionState.CompletedWithWarning => "Pipeline succeeded with warnings",
                _ => "Pipeline succeeded",
            },
            CompletionState = state.ToString(),
            PipelineSummary = options?.PipelineSummary,
        }));
        return Task.CompletedTask;
    }

    public Task CompletePublishAsync(string? completionMessage, CompletionState? completionState, CancellationToken cancellationToken) =>
        CompletePublishAsync(
            new PublishCompletionOptions { CompletionMessage = completionMessage, CompletionState = completionState }, cancellationToken);

    public void Report(PublishingActivity activity) => _activities.Writer.TryWrite(activity);
}
