using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Pipelines;

public enum CompletionState
{
    InProgress = 0,
    Completed = 1,
    CompletedWithWarning = 2,
    CompletedWithError = 3,
}

[Experimental("ASPIREPIPELINES001", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public interface IReportingStep : IAsyncDisposable
{
    Task<IReportingTask> CreateTaskAsync(string statusText, CancellationToken cancellationToken = default);

    Task<IReportingTask> CreateTaskAsync(MarkdownString statusText, CancellationToken cancellationToken = default);

    void Log(LogLevel logLevel, string message);

    void Log(LogLevel logLevel, MarkdownString message);

    [Obsolete("Use Log(LogLevel, string) or Log(LogLevel, MarkdownString) instead.")]
    void Log(LogLevel logLevel, string message, bool enableMarkdown);

    Task CompleteAsync(
        string completionText, CompletionState completionState = CompletionState.Completed, CancellationToken cancellationToken = default);

    Task CompleteAsync(
        MarkdownString completionText, CompletionState completionState = CompletionState.Completed, CancellationToken cancellationToken = default);
}

[Experimental("ASPIREPIPELINES001", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public interface IReportingTask : IAsyncDisposable
{
    Task UpdateAsync(string statusText, CancellationToken cancellationToken = default);

    Task UpdateAsync(MarkdownString statusText, CancellationToken cancellationToken = default);

    Task CompleteAsync(
        string? completionMessage = null,
        CompletionState completionState = CompletionState.Completed,
        CancellationToken cancellationToken = default);

    Task CompleteAsync(
        MarkdownString completionMessage,
        CompletionState completionState = CompletionState.Completed,
        CancellationToken cancellationToken = default);
}

[Experimental("ASPIREPIPELINES001", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public static class PublishingExtensions
{
    public static async Task<IReportingStep> SucceedAsync(
        this IReportingStep step, string? message = null, CancellationToken cancellationToken = default)
    {
        await step.CompleteAsync(message ?? "Completed successfully", CompletionState.Completed, cancellationToken);
        return step;
    }

    public static async Task<IReportingStep> WarnAsync(
        this IReportingStep step, string? message = null, CancellationToken cancellationToken = default)
    {
        await step.CompleteAsync(message ?? "Completed with warnings", CompletionState.CompletedWithWarning, cancellationToken);
        return step;
    }

    public static async Task<IReportingStep> FailAsync(
        this IReportingStep step, string? errorMessage = null, CancellationToken cancellationToken = default)
    {
        await step.CompleteAsync(errorMessage ?? "Failed", CompletionState.CompletedWithError, cancellationToken);
        return step;
    }

    public static async Task<IReportingTask> UpdateStatusAsync(
        this IReportingTask task, string statusText, CancellationToken cancellationToken = default)
    {
        await task.UpdateAsync(statusText, cancellationToken);
        return task;
    }

    public static async Task<IReportingTask> SucceedAsync(
        this IReportingTask task, string? message = null, CancellationToken cancellationToken = default)
    {
        await task.CompleteAsync(message, CompletionState.Completed, cancellationToken);
        return task;
    }

    public static async Task<IReportingTask> WarnAsync(
        this IReportingTask task, string? message = null, CancellationToken cancellationToken = default)
    {
        await task.CompleteAsync(message, CompletionState.CompletedWithWarning, cancellationToken);
        return task;
    }

    public static async Task<IReportingTask> FailAsync(
        this IReportingTask task, string? errorMessage = null, CancellationToken cancellationToken = default)
    {
        await task.CompleteAsync(errorMessage, CompletionState.CompletedWithError, cancellationToken);
        return task;
    }
}
