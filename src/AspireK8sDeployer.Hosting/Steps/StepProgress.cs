using AspireK8sDeployer.Engine;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.Hosting.Steps;

/// <summary>Writes the engine's progress to the step's log as it comes, a line for each change.</summary>
/// <remarks>Not <see cref="Progress{T}"/>, which reports later on another thread, and then after the step's end.</remarks>
internal sealed partial class StepProgress(ILogger logger) : IProgress<DeploymentProgress>
{
    private const string PlanStage = "plan";

    public void Report(DeploymentProgress value)
    {
        // A plan without changes is a single line, and the report at the end says the same.
        if (value.Stage != PlanStage || value.Message.Contains('\n', StringComparison.Ordinal))
        {
            LogProgress(logger, value.Deployment, value.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Deployment}: {Message}")]
    private static partial void LogProgress(ILogger logger, string deployment, string message);
}
