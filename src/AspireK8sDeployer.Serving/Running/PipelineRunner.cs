using System.Globalization;
using AspireK8sDeployer.Serving.Binding;
using AspireK8sDeployer.Serving.Lifecycle;
using AspireK8sDeployer.Serving.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Polly.Timeout;

namespace AspireK8sDeployer.Serving.Running;

/// <summary>Runs a pipeline once and says how that ended. It knows nothing of HTTP, and throws nothing.</summary>
internal sealed class PipelineRunner
{
    private readonly IServiceScopeFactory _scopes;
    private readonly RunGate _gate;
    private readonly PipelineTelemetry _telemetry;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly StepRunner _steps;

    public PipelineRunner(
        IServiceScopeFactory scopes, RunGate gate, PipelineTelemetry telemetry, TimeProvider time, ILoggerFactory loggers)
    {
        _scopes = scopes;
        _gate = gate;
        _telemetry = telemetry;
        _time = time;
        _logger = loggers.CreateLogger("AspireK8sDeployer.Serving.Run");
        _steps = new StepRunner(_logger, telemetry, time);
    }

    public async Task<RunOutcome> RunAsync(PipelineDefinition pipeline, Invocation invocation, CancellationToken callerToken)
    {
        var startedAt = _time.GetTimestamp();
        var id = Guid.CreateVersion7(_time.GetUtcNow()).ToString();
        using var cancellation = new RunCancellation(invocation.Timeout, _time, callerToken, _gate.CutOff);
        var run = new PipelineRun(
            pipeline.Name,
            id,
            invocation.RunName ?? $"{pipeline.Name}-{id}",
            _steps,
            cancellation.Token);

        using var scope = _logger.BeginScope(new RunScope(pipeline.Name, id));
        var activity = _telemetry.StartRun(run);
        var end = RunEnd.Failed;
        object? result = null;
        string? error = null;
        try
        {
            result = await ExecuteAsync(pipeline, invocation, run, cancellation.GiveUpToken).ConfigureAwait(false);
            end = RunEnd.Succeeded;
        }
        catch (Exception exception)
        {
            // This is where user code ends; whatever it throws is an outcome of the run.
            end = cancellation.Cause ?? RunEnd.Failed;
            error = end == RunEnd.Failed
                ? Failed(run, exception, _time.GetElapsedTime(startedAt))
                : Cancelled(run, end, invocation.Timeout, _time.GetElapsedTime(startedAt));
        }

        var elapsed = _time.GetElapsedTime(startedAt);
        if (end == RunEnd.Succeeded)
        {
            Log.RunSucceeded(_logger, id, pipeline.Name, elapsed.TotalMilliseconds);
        }

        _telemetry.EndRun(activity, run, OutcomeOf(end), elapsed);
        return new RunOutcome(id, run.Name, end, result, error, elapsed);
    }

    private async Task<object?> ExecuteAsync(
        PipelineDefinition pipeline, Invocation invocation, PipelineRun run, CancellationToken giveUpToken)
    {
        var work = pipeline.UsesServices
            ? RunInScopeAsync(pipeline, invocation, run)
            : pipeline.Handler(invocation.Arguments, run, services: null);
        if (work.IsCompleted)
        {
            return await work.ConfigureAwait(false);
        }

        try
        {
            // A pipeline that does not look at its token is answered for all the same, a little later.
            return await work.WaitAsync(giveUpToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!work.IsCompleted)
        {
            Log.RunLeftBehind(_logger, run.Id, run.PipelineName, RunCancellation.Grace.TotalSeconds);
            throw;
        }
    }

    private async Task<object?> RunInScopeAsync(PipelineDefinition pipeline, Invocation invocation, PipelineRun run)
    {
        var scope = _scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            return await pipeline.Handler(invocation.Arguments, run, scope.ServiceProvider).ConfigureAwait(false);
        }
    }

    private string Failed(PipelineRun run, Exception exception, TimeSpan elapsed)
    {
        var step = run.Failures.StepOf(exception);
        var reason = (exception, step) switch
        {
            (PipelineFailedException, _) => exception.Message,
            (TimeoutRejectedException timeout, not null) => string.Create(
                CultureInfo.InvariantCulture, $"step '{step}' did not finish within {timeout.Timeout.TotalSeconds:0.###} s"),
            (_, not null) => $"step '{step}' failed; the log of run {run.Id} says why",
            _ => $"the pipeline failed; the log of run {run.Id} says why",
        };

        // The step's own log entry has the exception already.
        Log.RunFailed(_logger, run.Id, run.PipelineName, elapsed.TotalMilliseconds, reason, step is null ? exception : null);
        return reason;
    }

    private string Cancelled(PipelineRun run, RunEnd end, TimeSpan timeout, TimeSpan elapsed)
    {
        var reason = end switch
        {
            RunEnd.TimedOut => string.Create(CultureInfo.InvariantCulture, $"the run did not finish within its time-out of {timeout.TotalSeconds:0.###} s"),
            RunEnd.Abandoned => "its caller went away",
            _ => "the pipeline was stopped before the run was done",
        };
        Log.RunCancelled(_logger, run.Id, run.PipelineName, elapsed.TotalMilliseconds, reason);
        return reason;
    }

    private static string OutcomeOf(RunEnd end) => end switch
    {
        RunEnd.Succeeded => Outcomes.Succeeded,
        RunEnd.Failed => Outcomes.Failed,
        RunEnd.TimedOut => Outcomes.TimedOut,
        _ => Outcomes.Cancelled,
    };
}
