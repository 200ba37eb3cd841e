using Aspire.Hosting;
using Aspire.Hosting.Pipelines;
using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Hosting.Output;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AspireK8sDeployer.Hosting.Steps;

/// <summary>Asks before something is removed: through Aspire's CLI when that runs us, else on the terminal.</summary>
internal static class Confirmation
{
    private const string Code = "K8SD809";

    /// <summary>Asks, unless told not to.</summary>
    /// <exception cref="DeploymentException">There is nobody to ask.</exception>
    public static async Task<bool> AskAsync(PipelineStepContext step, string question)
    {
        if (step.Services.GetRequiredService<IOptions<PipelineOptions>>().Value.SkipConfirmation)
        {
            return true;
        }

        // Without Aspire's CLI at the other end, its interaction service would wait for an answer for ever.
        var hasCli = PlainConsole.HasCli(step.Services.GetRequiredService<IConfiguration>());
        if (hasCli && step.Services.GetService<IInteractionService>() is { IsAvailable: true } interaction)
        {
            var answer = await interaction.PromptNotificationAsync(
                "Confirm", question,
                new NotificationInteractionOptions { Intent = MessageIntent.Confirmation, PrimaryButtonText = "Yes", SecondaryButtonText = "No", ShowSecondaryButton = true, ShowDismiss = false },
                step.CancellationToken).ConfigureAwait(false);
            return !answer.Canceled && answer.Data;
        }

        if (hasCli || Console.IsInputRedirected)
        {
            throw new DeploymentException(
                Code, "delete", $"Nobody can be asked: {question}",
                "answer beforehand with Pipeline__SkipConfirmation=true in the environment, or --yes true after --step destroy");
        }

        await Console.Out.WriteAsync($"{question} [y/N] ".AsMemory(), step.CancellationToken).ConfigureAwait(false);
        var line = await Task.Run(Console.ReadLine, step.CancellationToken).WaitAsync(step.CancellationToken).ConfigureAwait(false);
        return line?.Trim().ToUpperInvariant() is "Y" or "YES";
    }
}
