namespace Aspire.Hosting.Pipelines;

/// <summary>Something that happened in the pipeline, as the CLI is told it: the property names are a part of that contract.</summary>
internal sealed record PublishingActivity(string Type, PublishingActivityData Data)
{
    public const string Step = "step";
    public const string Task = "task";
    public const string Log = "log";
    public const string Prompt = "prompt";
    public const string PublishComplete = "publish-complete";
}

internal sealed record PublishingActivityData
{
    public required string Id { get; init; }

    public required string StatusText { get; init; }

    public string CompletionState { get; init; } = nameof(Pipelines.CompletionState.InProgress);

    public bool IsComplete => CompletionState != nameof(Pipelines.CompletionState.InProgress);

    public bool IsError => CompletionState == nameof(Pipelines.CompletionState.CompletedWithError);

    public bool IsWarning => CompletionState == nameof(Pipelines.CompletionState.CompletedWithWarning);

    public string? StepId { get; init; }

    public string? CompletionMessage { get; init; }

    public string? LogLevel { get; init; }

    public DateTimeOffset? Timestamp { get; init; }

    public bool EnableMarkdown { get; init; }

    public IReadOnlyList<PublishingPromptInput>? Inputs { get; init; }

    public IReadOnlyList<PipelineSummaryItem>? PipelineSummary { get; init; }
}

internal sealed record PublishingPromptInput
{
    public required string Name { get; init; }

    public required string Label { get; init; }

    public required string InputType { get; init; }

    public bool Required { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>>? Options { get; init; }

    public string? Value { get; init; }

    public IReadOnlyList<string>? ValidationErrors { get; init; }

    public bool AllowCustomChoice { get; init; }

    public bool Disabled { get; init; }
}
