using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace AspireK8sDeployer.Serving.Running;

/// <summary>Makes Polly's strategies of a step's options.</summary>
internal static class StepStrategies
{
    /// <summary>How a strategy finds the step that it acts for.</summary>
    public static readonly ResiliencePropertyKey<StepExecution> Step = new("step");

    public static ResiliencePipeline Build(StepOptions options, TimeProvider time)
    {
        var builder = new ResiliencePipelineBuilder { TimeProvider = time };
        if (options.Retries > 0)
        {
            builder.AddRetry(Retry(options));
        }

        if (options.Timeout is { } timeout)
        {
            // Inside the retries: each try has the whole of it.
            builder.AddTimeout(new TimeoutStrategyOptions { Timeout = timeout });
        }

        return builder.Build();
    }

    private static RetryStrategyOptions Retry(StepOptions options)
    {
        var retryOn = options.RetryOn ?? (exception => exception is not PipelineFailedException);
        return new RetryStrategyOptions
        {
            MaxRetryAttempts = options.Retries,
            Delay = options.RetryDelay,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = arguments => ValueTask.FromResult(
                arguments.Outcome.Exception is { } exception and not OperationCanceledException && retryOn(exception)),
            OnRetry = arguments =>
            {
                if (arguments.Context.Properties.TryGetValue(Step, out var step))
                {
                    step.Retrying(arguments.AttemptNumber + 1, arguments.RetryDelay, arguments.Outcome.Exception);
                }

                return ValueTask.CompletedTask;
            },
        };
    }
}
