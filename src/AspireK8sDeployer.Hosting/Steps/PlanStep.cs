using Aspire.Hosting.Pipelines;
using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Hosting.Output;
using AspireK8sDeployer.Hosting.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.Hosting.Steps;

/// <summary>Shows what a deploy would do to the cluster. The images are built and pushed before: only then is their digest known.</summary>
internal static partial class PlanStep
{
    private const int ChangesPending = 2;

    public static async Task RunAsync(PipelineStepContext step, KubernetesDeployerResource deployer)
    {
        var session = step.Services.GetRequiredService<DeploySession>();
        var (settings, cluster) = await session.TargetAsync(step, deployer, SettingsUse.Deploy).ConfigureAwait(false);
        var output = PlanOutput.Of(deployer);
        var colored = output.IsColored && !PlainConsole.HasCli(step.Services.GetRequiredService<IConfiguration>());
        var failures = new List<DeploymentException>();
        foreach (var deployment in settings.Deployments)
        {
            var wanted = DeployStep.WithImage(deployment.Settings, session.ImageOf(deployment.Resource), cluster.Provided?.Registry);
            try
            {
                var plan = await cluster.Engine.PlanAsync(wanted, step.CancellationToken).ConfigureAwait(false);
                LogPlan(step.Logger, output.IsJson ? plan.ToJson() : plan.ToText(colored).TrimEnd());
                if (plan.ToException() is { } refusal)
                {
                    failures.Add(refusal);
                }
                else if (plan.HasChanges && output.TellsByExitCode)
                {
                    Environment.ExitCode = ChangesPending;
                }
            }
            catch (DeploymentException failure)
            {
                // The others have plans all the same.
                LogFailure(step.Logger, deployment.Resource.Name, failure.Message);
                failures.Add(failure);
            }
        }

        if (failures.Count > 0)
        {
            throw failures[0];
        }
    }

    [LoggerMessage(LogLevel.Information, "{Plan}")]
    private static partial void LogPlan(ILogger logger, string plan);

    [LoggerMessage(LogLevel.Error, "{Deployment}: {Failure}")]
    private static partial void LogFailure(ILogger logger, string deployment, string failure);
}
