using System.Text.Json;
using System.Text.Json.Nodes;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireK8sDeployer.Client;

namespace AspireK8sDeployer.Hosting.Run;

/// <summary>The dashboard's <c>Invoke</c>: asks for the parameters, runs the pipeline and shows its outputs.</summary>
internal static class InvokeCommand
{
    private const string Parameters = "parameters";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    public static CommandOptions Options() => new()
    {
        Description = "Run the pipeline once and show its outputs.",
        IconName = "Play",
        IsHighlighted = true,
        Arguments =
        [
            new InteractionInput { Name = Parameters, InputType = InputType.Text, Label = "Parameters (JSON)", Placeholder = "{\"name\":\"Ada\"}" },
        ],
        UpdateState = context => context.ResourceSnapshot.State?.Text == KnownResourceStates.Running ? ResourceCommandState.Enabled : ResourceCommandState.Disabled,
    };

    public static async Task<ExecuteCommandResult> RunAsync(ExecuteCommandContext context, Uri url)
    {
        try
        {
            using var http = new HttpClient { BaseAddress = url, Timeout = Timeout.InfiniteTimeSpan };
            var request = new InvokeRequest { Parameters = ParametersOf(context) };
            var response = await new PipelineClient(http).InvokeAsync(request, context.CancellationToken).ConfigureAwait(false);
            return response.Success
                ? CommandResults.Success("The pipeline succeeded.", JsonSerializer.Serialize(response.Outputs, Readable), CommandResultFormat.Json)
                : CommandResults.Failure(response.Error ?? "The pipeline failed.");
        }
        catch (Exception failure) when (failure is HttpRequestException or PipelineClientException or JsonException)
        {
            return CommandResults.Failure(failure.Message);
        }
    }

    private static JsonObject ParametersOf(ExecuteCommandContext context)
    {
        var text = context.Arguments.TryGetByName(Parameters, out var input) ? input.Value : null;
        return string.IsNullOrWhiteSpace(text)
            ? []
            : JsonNode.Parse(text) as JsonObject ?? throw new JsonException("The parameters are one JSON object, for example {\"name\":\"Ada\"}.");
    }
}
