using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.Serving.Telemetry;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Run {RunId} of {Pipeline} succeeded in {ElapsedMilliseconds:0.###} ms")]
    public static partial void RunSucceeded(ILogger logger, string runId, string pipeline, double elapsedMilliseconds);

    [LoggerMessage(2, LogLevel.Error, "Run {RunId} of {Pipeline} failed after {ElapsedMilliseconds:0.###} ms: {Reason}")]
    public static partial void RunFailed(
        ILogger logger, string runId, string pipeline, double elapsedMilliseconds, string reason, Exception? exception);

    [LoggerMessage(3, LogLevel.Warning, "Run {RunId} of {Pipeline} was cancelled after {ElapsedMilliseconds:0.###} ms: {Reason}")]
    public static partial void RunCancelled(ILogger logger, string runId, string pipeline, double elapsedMilliseconds, string reason);

    [LoggerMessage(4, LogLevel.Warning,
        "Run {RunId} of {Pipeline} goes on although it was cancelled {GraceSeconds:0.###} s ago; pass its CancellationToken to what it awaits")]
    public static partial void RunLeftBehind(ILogger logger, string runId, string pipeline, double graceSeconds);

    [LoggerMessage(5, LogLevel.Information, "Step {Step} ({StepId}) of run {RunId} finished in {ElapsedMilliseconds:0.###} ms")]
    public static partial void StepFinished(ILogger logger, string step, int stepId, string runId, double elapsedMilliseconds);

    [LoggerMessage(6, LogLevel.Error, "Step {Step} ({StepId}) of run {RunId} failed after {ElapsedMilliseconds:0.###} ms")]
    public static partial void StepFailed(
        ILogger logger, string step, int stepId, string runId, double elapsedMilliseconds, Exception exception);

    [LoggerMessage(7, LogLevel.Information, "Step {Step} ({StepId}) of run {RunId} was cancelled after {ElapsedMilliseconds:0.###} ms")]
    public static partial void StepCancelled(ILogger logger, string step, int stepId, string runId, double elapsedMilliseconds);

    [LoggerMessage(8, LogLevel.Warning,
        "Step {Step} ({StepId}) of run {RunId} failed and is tried again in {DelayMilliseconds:0} ms, retry {Attempt}")]
    public static partial void StepRetried(
        ILogger logger, string step, string runId, int stepId, int attempt, double delayMilliseconds, Exception? exception);

    [LoggerMessage(9, LogLevel.Information, "Pipeline {Pipeline} answers at {Address}. Try it:\n{Command}")]
    public static partial void Serving(ILogger logger, string pipeline, string address, string command);

    [LoggerMessage(10, LogLevel.Information, "Asked to stop: not ready any more, {Running} runs to finish")]
    public static partial void Draining(ILogger logger, int running);

    [LoggerMessage(11, LogLevel.Warning, "The time to stop is nearly over: {Running} runs are cancelled")]
    public static partial void CancellingRuns(ILogger logger, int running);

    [LoggerMessage(12, LogLevel.Error, "The result of run {RunId} of {Pipeline} cannot be written as JSON")]
    public static partial void ResultNotSerialized(ILogger logger, string runId, string pipeline, Exception exception);

    [LoggerMessage(13, LogLevel.Error, "An invocation of {Pipeline} could not be taken")]
    public static partial void InvocationFailed(ILogger logger, string pipeline, Exception exception);

    [LoggerMessage(14, LogLevel.Error, "The callers' keys cannot be read from {Path}: {Reason}")]
    public static partial void AuthKeysNotRead(ILogger logger, string path, string reason);
}
