using Aspire.Hosting;
using Aspire.Hosting.Pipelines;
using AspireK8sDeployer.Engine;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.Hosting.Steps;

/// <summary>Makes every failure of a step a non-zero exit code and a message that Aspire shows as it is.</summary>
/// <remarks>Without its CLI, Aspire ends a failed run with exit code 0; and what is not its own exception it wraps.</remarks>
internal static partial class StepObserver
{
    private const int Failed = 1;
    private const int ChangesPending = 2;
    private const int Cancelled = 130;
    private const int Terminated = 143;

    /// <param name="action">The step.</param>
    /// <param name="untouched">What to say when it is stopped, where it is plain what was not done.</param>
    public static Func<PipelineStepContext, Task> Observe(Func<PipelineStepContext, Task> action, string? untouched = null) => async context =>
    {
        try
        {
            await action(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
        {
            Environment.ExitCode = Interruption.WasTermination ? Terminated : Cancelled;
            if (untouched is not null)
            {
                LogStopped(context.Logger, untouched);
            }

            throw;
        }
        catch (DeploymentException failure)
        {
            // The first of several that run at the same time says what is wrong; the others must not make less of it.
            Environment.ExitCode = Environment.ExitCode is 0 or ChangesPending ? failure.ExitCode : Environment.ExitCode;
            throw new DistributedApplicationException(failure.Message, failure);
        }
        catch (Exception)
        {
            Environment.ExitCode = Failed;
            throw;
        }
    };

    [LoggerMessage(LogLevel.Information, "{Untouched}")]
    private static partial void LogStopped(ILogger logger, string untouched);
}
