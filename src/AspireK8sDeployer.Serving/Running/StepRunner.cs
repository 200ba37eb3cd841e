using AspireK8sDeployer.Serving.Telemetry;
using Microsoft.Extensions.Logging;
using Polly;

namespace AspireK8sDeployer.Serving.Running;

/// <summary>Runs steps: within their strategies, and with a log entry, a span and a measurement each.</summary>
internal sealed class StepRunner(ILogger logger, PipelineTelemetry telemetry, TimeProvider time)
{
    public ILogger Logger => logger;

    public async Task<T> RunAsync<TStep, T>(
        PipelineRun run, string name, TStep step, Func<TStep, CancellationToken, Task<T>> start, StepOptions? options)
    {
        run.CancellationToken.ThrowIfCancellationRequested();
        var execution = new StepExecution(run, name, run.NextStep(), logger);
        using var scope = logger.BeginScope(execution);
        var activity = telemetry.StartStep(run, name, execution.Id);
        var startedAt = time.GetTimestamp();
        var outcome = Outcomes.Failed;
        try
        {
            var result = options is null
                ? await start(step, run.CancellationToken).ConfigureAwait(false)
                : await RunWithAsync(options.StrategiesFor(time), execution, step, start).ConfigureAwait(false);
            outcome = Outcomes.Succeeded;
            Log.StepFinished(logger, name, execution.Id, run.Id, time.GetElapsedTime(startedAt).TotalMilliseconds);
            return result;
        }
        catch (Exception) when (run.CancellationToken.IsCancellationRequested)
        {
            // Whatever it throws now, it was told to end.
            outcome = Outcomes.Cancelled;
            Log.StepCancelled(logger, name, execution.Id, run.Id, time.GetElapsedTime(startedAt).TotalMilliseconds);
            throw;
        }
        catch (Exception exception)
        {
            // A step around the one that failed only passes its failure on.
            if (run.Failures.Add(name, exception))
            {
                Log.StepFailed(logger, name, execution.Id, run.Id, time.GetElapsedTime(startedAt).TotalMilliseconds, exception);
            }

            throw;
        }
        finally
        {
            telemetry.EndStep(activity, run, name, outcome, time.GetElapsedTime(startedAt));
        }
    }

    private static async Task<T> RunWithAsync<TStep, T>(
        ResiliencePipeline strategies, StepExecution execution, TStep step, Func<TStep, CancellationToken, Task<T>> start)
    {
        var context = ResilienceContextPool.Shared.Get(execution.Name, execution.Run.CancellationToken);
        try
        {
            context.Properties.Set(StepStrategies.Step, execution);
            return await strategies.ExecuteAsync(
                static async (context, state) => await state.start(state.step, context.CancellationToken).ConfigureAwait(false),
                context,
                (step, start)).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }
}
