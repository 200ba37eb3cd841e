using AspireK8sDeployer.Serving.Running;
using Polly;

namespace AspireK8sDeployer.Serving;

/// <summary>How a step is retried and timed out. Keep it in a static field to build its strategies only once.</summary>
public sealed class StepOptions
{
    private (TimeProvider Time, ResiliencePipeline Strategies)? _built;

    /// <summary>Gets how many times a failed step is tried again.</summary>
    /// <value>The default is 0.</value>
    public int Retries
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }

    /// <summary>Gets the delay before the first retry. It doubles with each further one, and is varied at random.</summary>
    /// <value>The default is 200 milliseconds.</value>
    public TimeSpan RetryDelay
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            field = value;
        }
    } = TimeSpan.FromMilliseconds(200);

    /// <summary>Gets which failures are worth another try.</summary>
    /// <value>The default is all but <see cref="OperationCanceledException"/> and <see cref="PipelineFailedException"/>.</value>
    public Func<Exception, bool>? RetryOn { get; init; }

    /// <summary>Gets after how long each try is cancelled.</summary>
    /// <value>The default is null: only the run's own time-out ends it.</value>
    public TimeSpan? Timeout
    {
        get;
        init
        {
            if (value is { } timeout)
            {
                ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero);
            }

            field = value;
        }
    }

    /// <summary>Gets strategies of your own, from Polly, which then take the place of all the other options.</summary>
    public ResiliencePipeline? Strategies { get; init; }

    // Two steps that find it unbuilt build it twice, which does no harm.
    internal ResiliencePipeline StrategiesFor(TimeProvider time)
    {
        if (Strategies is not null)
        {
            return Strategies;
        }

        if (_built is not { } built || built.Time != time)
        {
            _built = built = (time, StepStrategies.Build(this, time));
        }

        return built.Strategies;
    }
}
