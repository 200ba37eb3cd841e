using Aspire.Hosting;
using Aspire.Hosting.Pipelines;
using AspireK8sDeployer.Engine;

namespace AspireK8sDeployer.Hosting.Steps;

/// <summary>Makes every failure of a step a non-zero exit code and a message that Aspire shows as it is.</summary>
/// <remarks>Without its CLI, Aspire ends a failed run with exit code 0; and what is not its own exception it wraps.</remarks>
internal static class StepObserver
{
    private const int Failed = 1;
    private const int ChangesPending = 2;
    private const int Cancelled = 130;
    private const int Terminated = 143;

    public static Func<PipelineStepContext, Task> Observe(Func<PipelineStepContext, Task> action) => async context =>
    {
        try
        {
            await action(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
        {
            Environment.ExitCode = Interruption.WasTermination ? Terminated : Cancelled;
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
}
