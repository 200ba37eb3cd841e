using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

[Experimental("ASPIREPIPELINES001", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public interface IPipelineActivityReporter
{
    Task<IReportingStep> CreateStepAsync(string title, CancellationToken cancellationToken = default);

    Task<IReportingStep> CreateStepAsync(
        string title, string? parentStepId, int hierarchyLevel, CancellationToken cancellationToken = default) =>
        CreateStepAsync(title, cancellationToken);

    Task CompletePublishAsync(PublishCompletionOptions? options = null, CancellationToken cancellationToken = default);

    [Obsolete("Use CompletePublishAsync(PublishCompletionOptions?, CancellationToken) instead.")]
    Task CompletePublishAsync(
        string? completionMessage = null, CompletionState? completionState = null, CancellationToken cancellationToken = default);
}

[Experimental("ASPIREPIPELINES001", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public sealed class PublishCompletionOptions
{
    public string? CompletionMessage { get; set; }

    public CompletionState? CompletionState { get; set; }

    public IReadOnlyList<PipelineSummaryItem>? PipelineSummary { get; set; }
}
