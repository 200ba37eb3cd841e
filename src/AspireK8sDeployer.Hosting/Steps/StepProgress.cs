using Aspire.Hosting.Pipelines;
using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Hosting.Output;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.Hosting.Steps;

/// <summary>
/// Tells of the engine's progress as it comes: what is done in a line of the step's log, and what is waited for in place on a
/// terminal, else in a line for each change.
/// </summary>
/// <remarks>Not <see cref="Progress{T}"/>, which reports later on another thread, and then after the step's end.</remarks>
internal sealed partial class StepProgress(ILogger logger, LiveConsole? live) : IProgress<DeploymentProgress>, IDisposable
{
    private const string PlanStage = "plan";

    // Whose messages are of no interest any more when the next one comes.
    private static readonly string[] Waits = ["wait", "endpoint"];

    private readonly HashSet<string> _shown = [];

    public static StepProgress Of(PipelineStepContext step) => new(step.Logger, step.Services.GetService<LiveConsole>());

    public void Report(DeploymentProgress value)
    {
        if (live is not null && Waits.Contains(value.Stage))
        {
            lock (_shown)
            {
                _shown.Add(value.Deployment);
            }

            live.Show(value.Deployment, value.Message);
        }

        // A plan without changes is a single line, and the report at the end says the same.
        else if (value.Stage != PlanStage || value.Message.Contains('\n', StringComparison.Ordinal))
        {
            LogProgress(logger, value.Deployment, value.Message);
        }
    }

    /// <summary>Nothing is waited for any more, whatever came of it.</summary>
    public void Dispose()
    {
        lock (_shown)
        {
            foreach (var deployment in _shown)
            {
                live?.Remove(deployment);
            }

            _shown.Clear();
        }
    }

    [LoggerMessage(LogLevel.Information, "{Deployment}: {Message}")]
    private static partial void LogProgress(ILogger logger, string deployment, string message);
}
