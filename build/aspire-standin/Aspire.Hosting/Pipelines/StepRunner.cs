using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Pipelines;

/// <summary>Runs steps: each as soon as all that it depends on has succeeded.</summary>
internal sealed class StepRunner(PipelineContext context)
{
    /// <summary>In parallel. A failure stops only what depends on it; the rest is finished before it is thrown.</summary>
    public async Task RunAsync(IReadOnlyList<PipelineStep> steps)
    {
        var running = new Dictionary<string, Task>(StringComparer.Ordinal);
        foreach (var step in steps)
        {
            var needs = step.DependsOnSteps.Distinct().Select(name => (name, running[name])).ToArray();
            running[step.Name] = Task.Run(() => RunWhenReadyAsync(step, needs));
        }

        try
        {
            await Task.WhenAll(running.Values);
        }
        catch (Exception)
        {
            var failures = running.Where(r => r.Value.IsFaulted && r.Value.Exception.InnerException is not StepBlockedException).ToArray();
            if (failures.Length > 1)
            {
                throw new AggregateException(
                    $"{failures.Length} steps failed: {string.Join(", ", failures.Select(f => f.Key))}.",
                    failures.Select(f => f.Value.Exception!.InnerException!));
            }

            await (failures is [var only] ? only.Value : Task.CompletedTask);
            throw;
        }
    }

    public async Task RunInOrderAsync(IEnumerable<PipelineStep> steps)
    {
        foreach (var step in steps)
        {
            await RunAsync(step);
        }
    }

    private async Task RunWhenReadyAsync(PipelineStep step, (string Name, Task Task)[] needs)
    {
        try
        {
            await Task.WhenAll(needs.Select(need => need.Task));
        }
        catch (Exception e)
        {
            var failed = needs.Where(need => !need.Task.IsCompletedSuccessfully).Select(need => $"'{need.Name}'");
            throw new StepBlockedException($"The step '{step.Name}' did not run: {string.Join(", ", failed)} failed.", e);
        }

        await RunAsync(step);
    }

    private async Task RunAsync(PipelineStep step)
    {
        context.CancellationToken.ThrowIfCancellationRequested();
        var reporter = context.Services.GetRequiredService<IPipelineActivityReporter>();
        await using var reportingStep = await reporter.CreateStepAsync(step.Name, context.CancellationToken);

        StepLoggerProvider.CurrentStep = reportingStep;
        try
        {
            await step.Action(new PipelineStepContext { PipelineContext = context, ReportingStep = reportingStep });
        }
        catch (Exception e)
        {
            context.Logger.LogDebug(e, "The step '{Step}' failed.", step.Name);
            var isCanceled = e is OperationCanceledException && context.CancellationToken.IsCancellationRequested;
            await reportingStep.FailAsync(isCanceled ? "Canceled" : e.Message, CancellationToken.None);

            // What its author wrote for the user is shown as it is; anything else needs to be told where it comes from.
            if (e is DistributedApplicationException or OperationCanceledException)
            {
                throw;
            }

            throw new InvalidOperationException($"Step '{step.Name}' failed: {e.Message}", e);
        }
        finally
        {
            StepLoggerProvider.CurrentStep = null;
        }
    }

    private sealed class StepBlockedException(string message, Exception inner) : Exception(message, inner);
}
