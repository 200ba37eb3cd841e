using System.Text.Json.Nodes;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Interaction;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Pipelines;

/// <summary>Finds the value of every parameter, asks for what is missing when somebody can answer, and saves the values.</summary>
internal sealed class ParameterPrompt(InteractionService interaction, IDeploymentStateManager state, ILogger<ParameterPrompt> logger)
{
    public async Task ResolveAsync(DistributedApplicationModel model, CancellationToken cancellationToken)
    {
        var parameters = model.Resources.OfType<ParameterResource>().ToArray();
        var missing = new List<ParameterResource>();
        foreach (var parameter in parameters)
        {
            if (await ValueAsync(parameter, cancellationToken) is null)
            {
                missing.Add(parameter);
            }
        }

        if (missing.Count > 0 && interaction.CanAsk)
        {
            await AskAsync(missing, cancellationToken);
        }

        foreach (var parameter in parameters)
        {
            await SaveAsync(parameter, cancellationToken);
        }
    }

    private static async Task<string?> ValueAsync(ParameterResource parameter, CancellationToken cancellationToken)
    {
        try
        {
            return await parameter.GetValueAsync(cancellationToken);
        }
        catch (MissingParameterValueException)
        {
            return null;
        }
    }

    private async Task AskAsync(List<ParameterResource> missing, CancellationToken cancellationToken)
    {
        var inputs = missing.ConvertAll(parameter => new InteractionInput
        {
            Name = parameter.Name,
            Label = parameter.Name,
            Description = parameter.Description,
            InputType = parameter.Secret ? InputType.SecretText : InputType.Text,
            Required = true,
        });

        var answers = await interaction.PromptInputsAsync("Set parameters", "Please provide values for the parameters.", inputs, cancellationToken: cancellationToken);
        if (answers.Canceled)
        {
            throw new OperationCanceledException("The parameters were not given.");
        }

        foreach (var parameter in missing)
        {
            parameter.Answer(answers.Data[parameter.Name].Value ?? string.Empty);
        }
    }

    // Not an error yet: the step that needs the value fails, and says which one it is.
    private async Task SaveAsync(ParameterResource parameter, CancellationToken cancellationToken)
    {
        if (await ValueAsync(parameter, cancellationToken) is not { } value)
        {
            logger.LogWarning("Parameter '{Name}' has no value. Set {Key}.", parameter.Name, parameter.ConfigurationKey.Replace(":", "__", StringComparison.Ordinal));
            return;
        }

        var section = await state.AcquireSectionAsync(parameter.ConfigurationKey, cancellationToken);
        section.Data.Clear();
        section.Data[string.Empty] = JsonValue.Create(value);
        await state.SaveSectionAsync(section, cancellationToken);
    }
}
