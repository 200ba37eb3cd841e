using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Pipelines;

internal sealed class ReportingStep : IReportingStep
{
    private readonly string _id = Guid.NewGuid().ToString();
    private readonly string _title;
    private readonly Action<PublishingActivity> _report;
    private readonly TimeProvider _time;
    private readonly List<ReportingTask> _tasks = [];
    private readonly Lock _lock = new();

    public ReportingStep(string title, Action<PublishingActivity> report, TimeProvider time)
    {
        _title = title;
        _report = report;
        _time = time;
        Report(title, markdown: false);
    }

    public CompletionState State { get; private set; }

    public Task<IReportingTask> CreateTaskAsync(string statusText, CancellationToken cancellationToken = default) =>
        CreateTaskAsync(statusText, markdown: false);

    public Task<IReportingTask> CreateTaskAsync(MarkdownString statusText, CancellationToken cancellationToken = default) =>
        CreateTaskAsync(statusText.Value, markdown: true);

    public void Log(LogLevel logLevel, string message) => Log(logLevel, message, markdown: false);

    public void Log(LogLevel logLevel, MarkdownString message) => Log(logLevel, message.Value, markdown: true);

    void IReportingStep.Log(LogLevel logLevel, string message, bool enableMarkdown) => Log(logLevel, message, enableMarkdown);

    public Task CompleteAsync(string completionText, CompletionState completionState, CancellationToken cancellationToken = default) =>
        CompleteAsync(completionText, completionState, markdown: false);

    public Task CompleteAsync(MarkdownString completionText, CompletionState completionState, CancellationToken cancellationToken = default) =>
        CompleteAsync(completionText.Value, completionState, markdown: true);

    // A step that says nothing of itself ends as the worst of its tasks did.
    public async ValueTask DisposeAsync()
    {
        var worst = _tasks.Select(t => t.State).Append(CompletionState.Completed).Max();
        await CompleteAsync(worst == CompletionState.CompletedWithError ? $"{_title} failed" : $"{_title} completed", worst, markdown: false);
    }

    public void ThrowIfComplete()
    {
        if (State != CompletionState.InProgress)
        {
            throw new InvalidOperationException($"The step '{_title}' is complete already.");
        }
    }

    private Task<IReportingTask> CreateTaskAsync(string statusText, bool markdown)
    {
        lock (_lock)
        {
            ThrowIfComplete();
            var task = new ReportingTask(this, _id, statusText, markdown, _report);
            _tasks.Add(task);
            return Task.FromResult<IReportingTask>(task);
        }
    }

    private void Log(LogLevel logLevel, string message, bool markdown)
    {
        if (State == CompletionState.InProgress)
        {
            _report(new PublishingActivity(PublishingActivity.Log, new PublishingActivityData
            {
                Id = Guid.NewGuid().ToString(),
                StatusText = message,
                CompletionState = nameof(CompletionState.Completed),
                StepId = _id,
                LogLevel = logLevel.ToString(),
                Timestamp = _time.GetUtcNow(),
                EnableMarkdown = markdown,
            }));
        }
    }

    private Task CompleteAsync(string text, CompletionState state, bool markdown)
    {
        lock (_lock)
        {
            if (State == CompletionState.InProgress)
            {
                State = state;
                Report(text, markdown);
            }
        }

        return Task.CompletedTask;
    }

    private void Report(string text, bool markdown) => _report(new PublishingActivity(PublishingActivity.Step, new PublishingActivityData
    {
        Id = _id,
        StatusText = text,
        CompletionState = State.ToString(),
        EnableMarkdown = markdown,
    }));
}

internal sealed class ReportingTask : IReportingTask
{
    private readonly string _id = Guid.NewGuid().ToString();
    private readonly ReportingStep _step;
    private readonly string _stepId;
    private readonly Action<PublishingActivity> _report;
    private string _status;

    public ReportingTask(ReportingStep step, string stepId, string statusText, bool markdown, Action<PublishingActivity> report)
    {
        (_step, _stepId, _status, _report) = (step, stepId, statusText, report);
        Report(completionMessage: null, markdown);
    }

    public CompletionState State { get; private set; }

    public Task UpdateAsync(string statusText, CancellationToken cancellationToken = default) => UpdateAsync(statusText, markdown: false);

    public Task UpdateAsync(MarkdownString statusText, CancellationToken cancellationToken = default) => UpdateAsync(statusText.Value, markdown: true);

    public Task CompleteAsync(string? completionMessage, CompletionState completionState, CancellationToken cancellationToken = default) =>
        CompleteAsync(completionMessage, completionState, markdown: false);

    public Task CompleteAsync(MarkdownString completionMessage, CompletionState completionState, CancellationToken cancellationToken = default) =>
        CompleteAsync(completionMessage.Value, completionState, markdown: true);

    public async ValueTask DisposeAsync() => await CompleteAsync(null, CompletionState.Completed, markdown: false);

    private Task UpdateAsync(string statusText, bool markdown)
    {
        _step.ThrowIfComplete();
        _status = statusText;
        Report(completionMessage: null, markdown);
        return Task.CompletedTask;
    }

    private Task CompleteAsync(string? message, CompletionState state, bool markdown)
    {
        if (State == CompletionState.InProgress)
        {
            _step.ThrowIfComplete();
            State = state;
            Report(message, markdown);
        }

        return Task.CompletedTask;
    }

    private void Report(string? completionMessage, bool markdown) => _report(new PublishingActivity(PublishingActivity.Task, new PublishingActivityData
    {
        Id = _id,
        StatusText = _status,
        CompletionState = State.ToString(),
        StepId = _stepId,
        CompletionMessage = completionMessage,
        EnableMarkdown = markdown,
    }));
}
