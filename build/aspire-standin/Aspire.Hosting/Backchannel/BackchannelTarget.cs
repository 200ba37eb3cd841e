using System.Runtime.CompilerServices;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Interaction;
using Aspire.Hosting.Pipelines;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Backchannel;

/// <summary>What the CLI can ask for. The names of the methods are its contract.</summary>
internal sealed class BackchannelTarget(
    IServiceProvider services,
    ActivityReporter activities,
    InteractionService interaction,
    DistributedApplicationModel model,
    DistributedApplicationExecutionContext context,
    DistributedApplicationPipeline pipeline,
    ResourceNotificationService notifications,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<BackchannelTarget> logger)
{
    private static readonly TimeSpan ToAnswerFirst = TimeSpan.FromMilliseconds(100);

    public Task<string[]> GetCapabilitiesAsync(CancellationToken cancellationToken) =>
        Task.FromResult<string[]>(["baseline.v2", "pipeline-steps.v1"]);

    public IAsyncEnumerable<PublishingActivity> GetPublishingActivitiesAsync(CancellationToken cancellationToken) =>
        UntilStopped(activities.Activities.ReadAllAsync(CancellationToken.None), cancellationToken);

    public async Task<PipelineSteps> GetPipelineStepsAsync(PipelineStepsRequest? request = null, CancellationToken cancellationToken = default)
    {
        var steps = await pipeline.ResolveAsync(new PipelineContext(model, context, services, logger, cancellationToken), request?.Step);
        return new([.. steps.Select(s => new PipelineStepInfo(s.Name, s.Description, [.. s.DependsOnSteps], [.. s.Tags], s.Resource?.Name))]);
    }

    public Task CompletePromptResponseAsync(string promptId, PromptAnswer[]? answers, CancellationToken cancellationToken = default)
    {
        interaction.Answer(promptId, answers?.ToDictionary(a => a.Name ?? string.Empty, a => a.Value));
        return Task.CompletedTask;
    }

    public Task UpdatePromptResponseAsync(string promptId, PromptAnswer[]? answers, CancellationToken cancellationToken = default) =>
        Task.CompletedTask;

    // There is no dashboard. The CLI takes "not healthy" for that, and shows the rest.
    public Task<DashboardUrls> GetDashboardUrlsAsync(CancellationToken cancellationToken) => Task.FromResult(new DashboardUrls(DashboardHealthy: false));

    public Task NotifyAppHostReadyAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async IAsyncEnumerable<LogEntry> GetAppHostLogEntriesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // What there is to say is on the console, which the CLI reads as well; the stream stays open, as it is expected to.
        await StoppedAsync(cancellationToken);
        yield break;
    }

    public async IAsyncEnumerable<ResourceState> GetResourceStatesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var update in UntilStopped(notifications.WatchAsync(CancellationToken.None), cancellationToken))
        {
            var urls = update.Resource.Annotations.OfType<EndpointAnnotation>().Select(e => e.AllocatedEndpoint?.UriString).OfType<string>();
            yield return new(
                update.Resource.Name,
                update.Snapshot.ResourceType,
                update.Snapshot.State?.Text ?? "Unknown",
                [.. urls],
                update.Snapshot.HealthStatus?.ToString());
        }
    }

    public Task RequestStopAsync(CancellationToken cancellationToken)
    {
        _ = Task.Delay(ToAnswerFirst, time, CancellationToken.None).ContinueWith(_ => lifetime.StopApplication(), TaskScheduler.Default);
        return Task.CompletedTask;
    }

    // A stream ends with the application, and does not fail with it.
    private async IAsyncEnumerable<T> UntilStopped<T>(IAsyncEnumerable<T> source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var stopped = StoppedAsync(cancellationToken);
        await using var items = source.GetAsyncEnumerator(CancellationToken.None);
        while (true)
        {
            var next = items.MoveNextAsync().AsTask();
            if (await Task.WhenAny(next, stopped) == stopped || !await next)
            {
                yield break;
            }

            yield return items.Current;
        }
    }

    private async Task StoppedAsync(CancellationToken cancellationToken)
    {
        var stopped = new TaskCompletionSource();
        await using var byHost = lifetime.ApplicationStopping.Register(() => stopped.TrySetResult());
        await using var byCaller = cancellationToken.Register(() => stopped.TrySetResult());
        await stopped.Task;
    }
}

internal sealed record PipelineStepsRequest(string? Step);

internal sealed record PipelineSteps(PipelineStepInfo[] Steps);

internal sealed record PipelineStepInfo(string Name, string? Description, string[] DependsOn, string[] Tags, string? ResourceName);

internal sealed record PromptAnswer(string? Name, string? Value);

internal sealed record DashboardUrls(bool DashboardHealthy, string? BaseUrlWithLoginToken = null, string? CodespacesUrlWithLoginToken = null);

internal sealed record LogEntry(int EventId, int LogLevel, string Message, DateTimeOffset Timestamp, string CategoryName);

internal sealed record ResourceState(string Resource, string Type, string State, string[] Endpoints, string? Health);
