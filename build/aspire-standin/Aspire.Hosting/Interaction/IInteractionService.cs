using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting;

public interface IInteractionService
{
    bool IsAvailable { get; }

    Task<InteractionResult<bool>> PromptConfirmationAsync(
        string title, string message, MessageBoxInteractionOptions? options = null, CancellationToken cancellationToken = default);

    Task<InteractionResult<bool>> PromptMessageBoxAsync(
        string title, string message, MessageBoxInteractionOptions? options = null, CancellationToken cancellationToken = default);

    Task<InteractionResult<bool>> PromptNotificationAsync(
        string title, string message, NotificationInteractionOptions? options = null, CancellationToken cancellationToken = default);

    Task<InteractionResult<InteractionInput>> PromptInputAsync(
        string title,
        string? message,
        string inputLabel,
        string placeHolder,
        InputsDialogInteractionOptions? options = null,
        CancellationToken cancellationToken = default);

    Task<InteractionResult<InteractionInput>> PromptInputAsync(
        string title,
        string? message,
        InteractionInput input,
        InputsDialogInteractionOptions? options = null,
        CancellationToken cancellationToken = default);

    Task<InteractionResult<InteractionInputCollection>> PromptInputsAsync(
        string title,
        string? message,
        IReadOnlyList<InteractionInput> inputs,
        InputsDialogInteractionOptions? options = null,
        CancellationToken cancellationToken = default);

    [Experimental("ASPIREINTERACTION001", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
    Task<InteractionResult<bool>> PromptProgressAsync(
        string message, ProgressInteractionOptions? options = null, CancellationToken cancellationToken = default);
}

public class InteractionResult<T>
{
    internal InteractionResult(T? data, bool canceled)
    {
        Data = data;
        Canceled = canceled;
    }

    public T? Data { get; }

    [MemberNotNullWhen(false, nameof(Data))]
    public bool Canceled { get; }
}

public static class InteractionResult
{
    public static InteractionResult<T> Ok<T>(T result) => new(result, canceled: false);

    public static InteractionResult<T> Cancel<T>(T? data = default) => new(data, canceled: true);
}
