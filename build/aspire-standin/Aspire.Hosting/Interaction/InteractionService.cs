using System.Collections.Concurrent;
using Aspire.Hosting.Pipelines;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Interaction;

/// <summary>Asks the user: through the CLI when it listens, else on the terminal.</summary>
internal sealed class InteractionService(
    ActivityReporter activities,
    IConfiguration configuration,
    DistributedApplicationExecutionContext context,
    DistributedApplicationOptions options,
    IServiceProvider services) : IInteractionService
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<IReadOnlyDictionary<string, string?>?>> _pending = new();

    public bool IsAvailable => context.IsPublishMode && !options.DisableDashboard && configuration.GetValue("ASPIRE_INTERACTIVITY_ENABLED", defaultValue: true);

    /// <summary>Whether somebody is there. In publish mode <see cref="IsAvailable"/> says yes even where a question would wait forever.</summary>
    public bool CanAsk => IsAvailable && (HasCli || !Console.IsInputRedirected);

    private bool HasCli => !string.IsNullOrEmpty(configuration["ASPIRE_BACKCHANNEL_PATH"]);

    public Task<InteractionResult<bool>> PromptConfirmationAsync(
        string title, string message, MessageBoxInteractionOptions? options = null, CancellationToken cancellationToken = default) =>
        throw DashboardOnly(title);

    public Task<InteractionResult<bool>> PromptMessageBoxAsync(
        string title, string message, MessageBoxInteractionOptions? options = null, CancellationToken cancellationToken = default) =>
        throw DashboardOnly(title);

    public Task<InteractionResult<bool>> PromptNotificationAsync(
        string title, string message, NotificationInteractionOptions? options = null, CancellationToken cancellationToken = default) =>
        ConfirmAsync(message, cancellationToken);

    public Task<InteractionResult<bool>> PromptProgressAsync(
        string message, ProgressInteractionOptions? options = null, CancellationToken cancellationToken = default) =>
        throw DashboardOnly(message);

    public Task<InteractionResult<InteractionInput>> PromptInputAsync(
        string title,
        string? message,
        string inputLabel,
        string placeHolder,
        InputsDialogInteractionOptions? options = null,
        CancellationToken cancellationToken = default) =>
        PromptInputAsync(
            title,
            message,
            new InteractionInput { Name = inputLabel, Label = inputLabel, Placeholder = placeHolder, InputType = InputType.Text },
            options,
            cancellationToken);

    public async Task<InteractionResult<InteractionInput>> PromptInputAsync(
        string title,
        string? message,
        InteractionInput input,
        InputsDialogInteractionOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var answers = await PromptInputsAsync(title, message, [input], options, cancellationToken);
        return answers.Canceled ? InteractionResult.Cancel<InteractionInput>() : InteractionResult.Ok(answers.Data[0]);
    }

    public async Task<InteractionResult<InteractionInputCollection>> PromptInputsAsync(
        string title,
        string? message,
        IReadOnlyList<InteractionInput> inputs,
        InputsDialogInteractionOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var collection = new InteractionInputCollection(inputs);
        var id = Guid.NewGuid().ToString();
        var validation = new InputsDialogValidationContext { Inputs = collection, CancellationToken = cancellationToken, Services = services };

        // Asked again, with what is wrong, until nothing is.
        do
        {
            if (await AskAsync(id, message ?? title, inputs, cancellationToken) is not { } answers)
            {
                return InteractionResult.Cancel<InteractionInputCollection>();
            }

            foreach (var input in inputs)
            {
                input.Value = answers.GetValueOrDefault(input.Name, input.Value);
                input.ValidationErrors.Clear();
                if (input.Required && string.IsNullOrEmpty(input.Value))
                {
                    validation.AddValidationError(input, "A value is required.");
                }
            }

            await (options?.ValidationCallback?.Invoke(validation) ?? Task.CompletedTask);
        }
        while (validation.HasErrors);

        return InteractionResult.Ok(collection);
    }

    /// <summary>The CLI's answer to a prompt; no inputs mean that the user gave up.</summary>
    public void Answer(string promptId, IReadOnlyDictionary<string, string?>? answers)
    {
        if (_pending.TryRemove(promptId, out var pending))
        {
            pending.TrySetResult(answers);
        }
    }

    // Aspire sends notifications and inputs to the CLI, and nothing else: a message box would wait forever there.
    private static NotSupportedException DashboardOnly(string title) =>
        new($"Only a dashboard shows this: {title}. Use {nameof(PromptNotificationAsync)} or {nameof(PromptInputsAsync)}.");

    private async Task<InteractionResult<bool>> ConfirmAsync(string message, CancellationToken cancellationToken)
    {
        var input = new InteractionInput { Name = "confirm", Label = "Confirm", InputType = InputType.Boolean, Required = true };
        var answers = await AskAsync(Guid.NewGuid().ToString(), message, [input], cancellationToken);
        return answers is null
            ? InteractionResult.Cancel<bool>()
            : InteractionResult.Ok(bool.TryParse(answers.GetValueOrDefault(input.Name), out var confirmed) && confirmed);
    }

    private Task<IReadOnlyDictionary<string, string?>?> AskAsync(
        string id, string message, IReadOnlyList<InteractionInput> inputs, CancellationToken cancellationToken) =>
        HasCli && IsAvailable ? AskCliAsync(id, message, inputs, cancellationToken)
        : CanAsk ? ConsolePrompt.AskAsync(message, inputs, cancellationToken)
        : throw new InvalidOperationException($"Nobody can answer here: {message}");

    private Task<IReadOnlyDictionary<string, string?>?> AskCliAsync(
        string id, string message, IReadOnlyList<InteractionInput> inputs, CancellationToken cancellationToken)
    {
        var pending = new TaskCompletionSource<IReadOnlyDictionary<string, string?>?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _pending[id] = pending;
        activities.Report(new PublishingActivity(PublishingActivity.Prompt, new PublishingActivityData
        {
            Id = id,
            StatusText = message,
            Inputs = [.. inputs.Select(input => new PublishingPromptInput
            {
                Name = input.Name,
                Label = input.Label ?? input.Name,
                InputType = input.InputType.ToString(),
                Required = input.Required,
                Options = input.Options,
                Value = input.Value,
                ValidationErrors = input.ValidationErrors.Count > 0 ? [.. input.ValidationErrors] : null,
                AllowCustomChoice = input.AllowCustomChoice,
                Disabled = input.Disabled,
            })],
        }));
        return pending.Task.WaitAsync(cancellationToken);
    }
}
